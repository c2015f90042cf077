// `npm start`: sets everything up, starts everything, and stops everything again on Ctrl-C.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, loadEnvFile, setUp, tellError } from './setup.mjs';

const say = (line) => process.stdout.write(`${line}\n`);

let supervisor = null;
let stopsAsked = 0;
let stopAskedAt = 0;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(signal));
process.stdout.on('error', () => undefined); // the terminal may be closed before we are done

try {
  await setUp(say);
  loadEnvFile();
  const built = pathToFileURL(path.join(ROOT, 'dist', 'platform', 'embedded', 'supervisor.js'));
  const { Supervisor } = await import(built.href);
  if (stopsAsked === 0) {
    supervisor = new Supervisor(process.env, say);
    stopWhenNpmIsGone();
    await supervisor.run();
  }
} catch (error) {
  if (stopsAsked === 0) {
    stopsAsked = 1;
    process.exitCode = tellError(error);
    await supervisor?.stop();
    process.exit();
  }
}

/** The first Ctrl-C stops in good order, a second one at once. */
async function stop(signal) {
  // npm passes on the very Ctrl-C that the terminal has sent us already: that is one, not two.
  if (stopsAsked > 0 && performance.now() - stopAskedAt < 500) return;
  stopAskedAt = performance.now();
  stopsAsked += 1;
  const exitCode = signal === 'SIGINT' ? 130 : 143;
  if (!supervisor) process.exit(exitCode);
  if (stopsAsked === 1) {
    say('\nStopping; once more to stop at once');
    await supervisor.stop();
    say('Stopped');
  } else {
    await supervisor.kill();
  }
  process.exit(stopsAsked === 1 ? 0 : exitCode);
}

/** npm passes on SIGTERM and SIGINT, but cannot pass on being killed outright. */
function stopWhenNpmIsGone() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent && stopsAsked === 0) void stop('SIGTERM');
  }, 1_000).unref();
}
