/**
 * Loaded by `--import` into the processes that the supervisor starts. The channel between the two breaks when the
 * supervisor is gone, be it by SIGKILL: then this process stops in good order, and after ten seconds in any order.
 */
if (process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), 10_000).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  process.channel.unref();
}
