/** Something that does not belong in this house, and what does instead. */
export interface Ban {
  /** What is looked for, line by line. */
  pattern: RegExp;
  /** Which files are looked at, by their path from the root. */
  in: RegExp;
  /** Where it belongs after all. */
  except?: RegExp;
  /** What to do instead. */
  instead: string;
  /** A line that is refused, so that the ban can be seen to work. */
  sample: string;
}

const sources = /^src\/.*\.tsx?$/;
const code = /^(src|test)\/.*\.tsx?$/;
const specs = /\.spec\.tsx?$/;

export const bans: Ban[] = [
  {
    pattern: /new Date\(\)|Date\.now\(\)/,
    in: sources,
    except: /^src\/platform\/(clock\.ts|embedded\/)/,
    instead: 'ask the injected Clock (src/platform/clock.ts), or `tx.now`',
    sample: 'const now = new Date();',
  },
  {
    pattern: /process\.env\b/,
    in: sources,
    except: /^src\/platform\/(config|embedded)\//,
    instead: 'read the Config (src/platform/config)',
    sample: 'if (process.env.PORT) listen();',
  },
  {
    pattern: /Math\.round|parseFloat\(/,
    in: sources,
    except: /^src\/platform\/(embedded|verify)\/|^src\/exchange\/.*progress|^src\/platform\/health\//,
    instead: 'use the exact arithmetic of src/maths: money is bigint minor units',
    sample: 'const pence = Math.round(pounds * 100);',
  },
  {
    pattern: /(:|<|\bas) ?any\s*([,;)>=[\]|&{]|$)/,
    in: code,
    instead: 'name the type, or `unknown` and a check',
    sample: 'const rows = answer as any;',
  },
  {
    pattern: /\bconsole\.\w+\(/,
    in: sources,
    except: /^src\/(cli\.ts|.*\.command\.ts|platform\/embedded\/|exchange\/)/,
    instead: 'log through pino; commands print',
    sample: "console.log('paid');",
  },
  {
    pattern: /getRepository\(|InjectRepository|[rR]epository\.save\(|\bmanager\.save\(/,
    in: sources,
    instead: 'write SQL through Tx: `save` was seen to accept stale versions',
    sample: 'await this.grantRepository.save(grant);',
  },
  {
    pattern: /@ts-(ignore|nocheck|expect-error)/,
    in: code,
    except: /^test\/support\/bans\.ts$/,
    instead: 'mend the type',
    sample: '// @ts-ignore',
  },
  {
    pattern: /\b(it|test|describe)\.(only|skip|todo)\(|\bx(it|describe)\(/,
    in: /^(src|test)\/.*\.spec\.tsx?$/,
    instead: 'run every test, or delete it',
    sample: "it.only('pays once', () => {});",
  },
  {
    pattern: /\b(TODO|FIXME|INTERIM)\b/,
    in: code,
    instead: 'do it, or write it down where work is planned',
    sample: '// TODO: reverse the fee too',
  },
  {
    pattern: /jest\.(mock|unstable_mockModule)\(/,
    in: code,
    instead: 'use the real thing: nothing of our own is mocked',
    sample: "jest.mock('../ledger/ledger.service.js');",
  },
  {
    pattern: /dangerouslySetInnerHTML/,
    in: sources,
    except: /^src\/web\/(charts|components\/icon)|^src\/platform\/mail\//,
    instead: 'let Preact escape it',
    sample: '<div dangerouslySetInnerHTML={{ __html: name }} />',
  },
  {
    pattern: /(^|["'`\s(])\/(work|tmp|home|root)\/[\w.-]+/,
    in: /^(?!package-lock\.json).*$/,
    except: specs,
    instead: 'name no path of one machine',
    sample: 'cd /home/ana/tributary',
  },
];

export interface Finding {
  file: string;
  line: number;
  text: string;
  instead: string;
}

/** Every line of a file that a ban refuses. */
export function findings(file: string, text: string, held: readonly Ban[] = bans): Finding[] {
  const relevant = held.filter((ban) => ban.in.test(file) && !ban.except?.test(file));
  if (relevant.length === 0) return [];
  return text
    .split('\n')
    .flatMap((line, index) =>
      relevant
        .filter(({ pattern }) => pattern.test(line))
        .map(({ instead }) => ({ file, line: index + 1, text: line.trim(), instead })),
    );
}
