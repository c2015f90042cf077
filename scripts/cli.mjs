// `npm run cli|verify|calculate`: sets up like `npm start`, says so on standard error only, and runs one command.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, loadEnvFile, setUp, tellError } from './setup.mjs';

const say = (line) => process.stderr.write(`${line}\n`);

let command = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (!command) process.exit(130);
    // In a terminal Ctrl-C has reached the command already.
    command.interrupt(signal === 'SIGINT' && process.stdin.isTTY ? null : signal);
  });
}

try {
  await setUp(say);
  loadEnvFile();
  const built = pathToFileURL(path.join(ROOT, 'dist', 'platform', 'embedded', 'command.js'));
  const { CommandRun } = await import(built.href);
  command = new CommandRun(process.env, say);
  process.exitCode = await command.run(process.argv.slice(2));
} catch (error) {
  process.exitCode = tellError(error);
}
