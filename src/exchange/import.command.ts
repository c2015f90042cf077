import { parseArgs } from 'node:util';
import { LedgerService } from '../ledger/ledger.service.js';
import { SystemClock } from '../platform/clock.js';
import { processEnvironment, readDatabaseConfig } from '../platform/config/config.js';
import { createDataSource } from '../platform/database/data-source.js';
import { Database } from '../platform/database/database.js';
import { refuseUnsafeRole } from '../platform/database/role-check.js';
import { importCbpf, type ImportResult, NoSuchFund } from './cbpf/cbpf-import.js';
import { UnreadableTable } from './cbpf/csv-table.js';
import { describeImport } from './cbpf/import-report.js';
import { findSeatHolder } from './cbpf/seat-holder.js';
import { Progress } from './progress.js';

const usage = `npm run cli -- import cbpf --contributions FILE --projects FILE [--fund NAME] [--as EMAIL] [--dry-run]

Imports OCHA Country-Based Pooled Funds, as published on HDX, in US dollars.

  --contributions FILE  fund × fiscal year × donor
  --projects FILE       the grants made from the funds
  --fund NAME           this fund only, by name or number
  --as EMAIL            who gets the seats of backbone and finance in each coalition, and so sees it;
                        without it, the only administrator there is
  --dry-run             reads and checks everything and shows what would be done; writes nothing

What becomes of what:
  A fund       a coalition with one pool, pro rata, without fees. The files name no place, so its dates are read by
               UTC and none is moved for a weekend; no backbone serves it yet.
  A donor      an organisation of the coalition, its funder.
  A row        a pledge for its fiscal year, signed on 1 January and due on 31 December.
               Of past years it counts as received in full on 31 December, of the current year on the day of the
               import; of years to come it stays pledged.
  A project    a flexible grant of its budget, awarded on the day of its approval, the allocation being the decision.
               It is paid in equal instalments, one at the start of each quarter of its term, counted from the first
               day. None counts as paid: each comes due by the job, also those whose day is past, and is held where
               the pool lacks the cash. No reports are asked for: what was agreed on them is not in the files.
               Where the source withholds a partner's name, its kind and its code stand for it.
  Too much     A fund whose grants exceed what its pool can commit is refused.

All of a fund is written, or nothing of it. What is wrong is named by file, line and column. A second run adds what is
new, changes nothing that is there, and shows what the files say otherwise.

Exit code 0 when all was taken, 1 when a fund was left out, 2 when the command was not understood.`;

interface Options {
  contributions: string;
  projects: string;
  fund: string | null;
  as: string | null;
  dryRun: boolean;
}

/** `npm run cli -- import cbpf …`: published data in, or a dry run of it. */
export async function run(args: string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    return 0;
  }
  const options = readOptions(args);
  if (typeof options === 'string') {
    console.error(`${options}\n\n${usage}`);
    return 2;
  }
  const source = createDataSource({
    url: readDatabaseConfig(processEnvironment()).url,
    applicationName: 'tributary import',
    poolSize: 2,
  });
  await source.initialize();
  try {
    await refuseUnsafeRole(source);
    return await importWith(new Database(source, new SystemClock()), options);
  } catch (error) {
    if (!(error instanceof UnreadableTable || error instanceof NoSuchFund)) throw error;
    console.error(error.message);
    return 2;
  } finally {
    await source.destroy();
  }
}

function readOptions(args: string[]): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        contributions: { type: 'string' },
        projects: { type: 'string' },
        fund: { type: 'string' },
        as: { type: 'string' },
        'dry-run': { type: 'boolean' },
      },
    });
    const { contributions, projects, fund = null, as = null, 'dry-run': dryRun = false } = values;
    if (positionals.length !== 1 || positionals[0] !== 'cbpf') return 'Say what to import: cbpf.';
    if (contributions === undefined || projects === undefined) return 'Give --contributions and --projects.';
    return { contributions, projects, fund, as, dryRun };
  } catch (error) {
    return (error as Error).message;
  }
}

async function importWith(db: Database, options: Options): Promise<number> {
  const holder = await findSeatHolder(db, options.as);
  if (options.as !== null && holder === null) {
    console.error(`There is nobody with the e-mail address ${options.as}. Invite them first.`);
    return 2;
  }
  const startedAt = performance.now();
  let progress: Progress | undefined;
  const result = await importCbpf(
    db,
    new LedgerService(),
    { ...options, personId: holder?.id ?? null },
    (done, total, name) => {
      progress ??= new Progress(process.stderr, total);
      progress.show(done, name);
    },
  );
  progress?.end();
  console.log(describeImport(result));
  console.log(
    holder === null
      ? 'Nobody was given a seat in these coalitions: run it again with --as EMAIL for somebody who shall see them.'
      : `${holder.name} (${holder.email}) has the seats of backbone and finance in each.`,
  );
  console.log(`Took ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  return isWhole(result) ? 0 : 1;
}

const isWhole = ({ funds, errors }: ImportResult): boolean =>
  funds.every(({ outcome }) => outcome !== null) && errors.of(null).total === 0;
