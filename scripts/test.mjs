// `npm test`: sets up like `npm start`, then runs Jest over every project; arguments are passed on to Jest.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { ROOT, setUp, tellError } from './setup.mjs';

const say = (line) => process.stdout.write(`${line}\n`);

let jest = null;
let isWatching = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (!jest) process.exit(130);
    signalAll(signal);
    setTimeout(() => signalAll('SIGKILL'), 10_000).unref();
  });
}

try {
  await setUp(say);
  process.exitCode = await runJest(process.argv.slice(2));
} catch (error) {
  process.exitCode = tellError(error);
}

function runJest(args) {
  const program = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  isWatching = args.some((arg) => arg.startsWith('--watch'));
  const chooses = args.some((arg) => /^(-i|--runInBand|-w|--maxWorkers)\b/.test(arg));
  const workers = chooses ? [] : [`--maxWorkers=${Math.max(2, availableParallelism())}`];
  // Jest runs ES modules by an interface of Node that is still called experimental.
  const options = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
  const NODE_OPTIONS = [process.env.NODE_OPTIONS, options].filter(Boolean).join(' ');
  return new Promise((resolve, reject) => {
    jest = spawn(process.execPath, [program, ...workers, ...args], {
      cwd: ROOT,
      // A group of its own, so that its workers and what they start can be ended together.
      detached: !isWatching,
      stdio: 'inherit',
      env: { ...process.env, NODE_OPTIONS, NODE_ENV: 'test' },
    });
    jest.once('error', reject);
    jest.once('exit', (code) => {
      signalAll('SIGKILL'); // workers that an interrupted Jest has left
      resolve(code ?? 130);
    });
  });
}

function signalAll(signal) {
  try {
    process.kill(isWatching ? jest.pid : -jest.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error; // all gone
  }
}
