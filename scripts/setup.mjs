// What every command does first: the right Node, the dependencies installed, the sources built.
// Only Node's built-in modules here, taken as whole modules, so that an old Node gets as far as the sentence.
import childProcess from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import url from 'node:url';

export const ROOT = path.dirname(path.dirname(url.fileURLToPath(import.meta.url)));

const LEAST_NODE = [20, 19];
const LEAST_FREE_BYTES = 1024 ** 3;
const BUILD_STAMP = path.join(ROOT, 'dist', '.built-from');
/** What the build depends on, besides everything in src. */
const BUILD_FILES = ['.swcrc', 'nest-cli.json', 'tsconfig.json', 'package.json'];

/** A problem that has been told in one sentence: shown without a stack. */
export class SetupError extends Error {}

/**
 * Installs and builds when needed.
 * @param {(line: string) => void} say told what takes time
 */
export async function setUp(say) {
  process.chdir(ROOT);
  checkNode();
  if (!isInstalled()) await install(say);
  const sources = hashSources();
  if (!isBuiltFrom(sources)) await build(sources, say);
}

/** Settings from `.env`; what is set in the environment itself wins. */
export function loadEnvFile() {
  const file = path.join(ROOT, '.env');
  if (fs.existsSync(file)) process.loadEnvFile(file);
}

/** The exit code for an error, after telling it on standard error. */
export function tellError(error) {
  const isPlain =
    error instanceof SetupError || error?.name === 'StartError' || error?.name === 'ConfigError';
  process.stderr.write(`\n${isPlain ? error.message : (error?.stack ?? String(error))}\n`);
  return 1;
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new SetupError(
    `Tributary needs Node ${LEAST_NODE.join('.')} or newer, and this is ${process.versions.node}: see https://nodejs.org.`,
  );
}

/** Whether what is installed is what the lock says, package by package. */
function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const installed = readPackages('node_modules/.package-lock.json');
  if (!wanted) throw new SetupError('package-lock.json is missing: this is not a whole copy of Tributary.');
  if (!installed) return false;
  return Object.entries(wanted).every(
    ([name, { version, optional, peer, link }]) =>
      name === '' || link || installed[name]?.version === version || ((optional || peer) && !installed[name]),
  );
}

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8')).packages;
  } catch {
    return null;
  }
}

async function install(say) {
  checkSpace();
  say('Installing the dependencies (once; a minute or two)');
  // Install scripts are not run: nothing here needs them, and some want a compiler.
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm'];
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await run([...npm, ...args], 'still installing', say);
  if (code === 0) return;
  if (/ENOSPC|no space left/i.test(output)) throw new SetupError(diskFull());
  if (/EACCES|EPERM|EROFS/.test(output)) {
    throw new SetupError(
      `This user may not write ${path.join(ROOT, 'node_modules')}. Give the folder to the user who starts Tributary.`,
    );
  }
  throw new SetupError(`npm could not install the dependencies:\n${lastLines(output)}`);
}

async function build(sources, say) {
  say('Building');
  try {
    fs.rmSync(BUILD_STAMP, { force: true });
  } catch (error) {
    throw new SetupError(`This user may not write ${path.join(ROOT, 'dist')} (${error.code}).`);
  }
  const nest = path.join(ROOT, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const { code, output } = await run([process.execPath, nest, 'build'], 'still building', say);
  if (code !== 0) {
    if (/ENOSPC|no space left/i.test(output)) throw new SetupError(diskFull());
    throw new SetupError(`The build failed:\n${lastLines(output)}`);
  }
  fs.writeFileSync(BUILD_STAMP, sources);
}

function isBuiltFrom(sources) {
  try {
    return fs.readFileSync(BUILD_STAMP, 'utf8') === sources;
  } catch {
    return false;
  }
}

/** One hash over the names and contents of all that is built. */
function hashSources() {
  const hash = crypto.createHash('sha256');
  const files = fs
    .readdirSync(path.join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.spec\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath ?? entry.path, entry.name)));
  for (const file of [...BUILD_FILES, ...files].sort()) {
    hash
      .update(`${file}\0`)
      .update(fs.readFileSync(path.join(ROOT, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Runs a program, keeps what it says, and gives a sign of life every ten seconds. */
function run([command, ...args], stillAtIt, say) {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const sign = setInterval(
      () => say(`  ${stillAtIt}, ${Math.round((performance.now() - startedAt) / 1000)} s`),
      10_000,
    );
    const child = childProcess.spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    const end = () => child.kill();
    process.once('exit', end);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(sign);
      process.off('exit', end);
      resolve({ code, output });
    });
  });
}

function checkSpace() {
  const { bavail, bsize } = fs.statfsSync(ROOT);
  if (bavail * bsize < LEAST_FREE_BYTES) throw new SetupError(diskFull());
}

function diskFull() {
  return `The disk that holds ${ROOT} is full: installing and building need 1 GB. Free some space and start again.`;
}

function lastLines(text) {
  return text.trim().split('\n').slice(-20).join('\n');
}
