import { describe, expect, it } from '@jest/globals';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bans, findings } from './support/bans.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Every file that git knows or would add. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !/\.(png|woff2|ico)$/.test(file));

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('the import table', () => {
  it('is kept, without cycles', async () => {
    expect(await violations(root, 'src')).toEqual([]);
  });

  it.each([
    [
      'maths-imports',
      'src/maths/sum.ts',
      `import { clock } from '../platform/clock.js';\nexport const x = clock;`,
    ],
    ['maths-libraries', 'src/maths/sum.ts', `import fs from 'node:fs';\nexport const x = fs;`],
    [
      'pools-imports',
      'src/pools/pool.ts',
      `import { grant } from '../grants/grant.js';\nexport const x = grant;`,
    ],
    [
      'web-imports',
      'src/web/page.ts',
      `import { grant } from '../grants/grant.js';\nexport const x = grant;`,
    ],
    [
      'no-cycles',
      'src/grants/grant.ts',
      `import { other } from './other.js';\nexport const grant = () => other;`,
    ],
  ])('refuses what breaks %s', async (rule, file, text) => {
    const house = mkdtempSync(join(tmpdir(), 'tributary-tidy-'));
    try {
      for (const room of ['maths', 'platform', 'pools', 'grants', 'web'])
        mkdirSync(join(house, 'src', room), { recursive: true });
      writeFileSync(join(house, 'src/platform/clock.ts'), 'export const clock = 1;');
      writeFileSync(join(house, 'src/grants/grant.ts'), 'export const grant = 1;');
      writeFileSync(
        join(house, 'src/grants/other.ts'),
        `import { grant } from './grant.js';\nexport const other = () => grant;`,
      );
      writeFileSync(join(house, 'tsconfig.json'), textOf('tsconfig.json'));
      writeFileSync(join(house, file), text);
      expect((await violations(house, 'src')).some((line) => line.startsWith(`${rule}:`))).toBe(true);
    } finally {
      rmSync(house, { recursive: true, force: true });
    }
  });
});

describe('the classes of the API', () => {
  it('each have a name of their own: the OpenAPI document would describe one by the other', () => {
    const names = files
      .filter((file) => file.startsWith('src/') && file.endsWith('.dto.ts'))
      .flatMap((file) => [...textOf(file).matchAll(/^export class (\w+)/gm)].map(([, name]) => name));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe('what does not belong here', () => {
  it('is nowhere', () => {
    const found = files.flatMap((file) =>
      file === 'test/support/bans.ts' ? [] : findings(file, textOf(file)),
    );
    expect(found.map(({ file, line, text, instead }) => `${file}:${line} ${text} → ${instead}`)).toEqual([]);
  });

  it.each(bans.map((ban) => [ban.sample, ban] as const))('%s is refused', (sample, ban) => {
    const file = ['src/pools/pool.ts', 'src/pools/pool.spec.ts', 'README.md'].find(
      (one) => ban.in.test(one) && !ban.except?.test(one),
    )!;
    expect(findings(file, sample, [ban])).toHaveLength(1);
  });

  it('files are named for their subject, and lie in no junk room', () => {
    const junk = files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.tsx?$)/.test(file));
    const barrels = files.filter(
      (file) => /^(src|test)\/.*\/index\.tsx?$/.test(file) && file !== 'src/migrations/index.ts',
    );
    expect([...junk, ...barrels]).toEqual([]);
  });

  it('no source file has grown beyond one subject', () => {
    const long = files
      .filter((file) => /^src\/.*\.tsx?$/.test(file))
      .map((file) => ({ file, lines: textOf(file).split('\n').length }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  it('no style sheet leaves a rule open: all after it would lie inside it, and draw nothing', () => {
    const open = files
      .filter((file) => /^src\/.*\.css$/.test(file))
      .filter((file) => textOf(file).split('{').length !== textOf(file).split('}').length);
    expect(open).toEqual([]);
  });

  it('no two classes of requests and answers have one name: the API’s document would keep one of them', () => {
    const names = files
      .filter((file) => /^src\/.*\.ts$/.test(file))
      .flatMap((file) => [...textOf(file).matchAll(/^(?:export )?class (\w+(?:Input|Answer))\b/gm)])
      .map(([, name]) => name!);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('the lock file carries no download addresses', () => {
    expect(textOf('package-lock.json')).not.toContain('"resolved"');
  });
});

/** What dependency-cruiser has to say about a folder, a line for each violation. */
function violations(house: string, folder: string): Promise<string[]> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, folder, '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json'];
  return new Promise((resolve, reject) => {
    const options = { cwd: house, maxBuffer: 100 * 1024 * 1024, env: { ...process.env, NODE_OPTIONS: '' } };
    execFile(process.execPath, args, options, (error, output) => {
      if (output === '') return reject(error ?? new Error('dependency-cruiser said nothing.'));
      const { summary } = JSON.parse(output) as {
        summary: { violations: { rule: { name: string }; from: string; to: string }[] };
      };
      resolve(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`));
    });
  });
}
