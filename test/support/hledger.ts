import { execFile, execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generalLedger } from '../../src/finance-reports/definitions/general-ledger.report.js';
import { hledgerWriter } from '../../src/finance-reports/writers/hledger.js';
import { formatAmount } from '../../src/maths/money.js';
import type { Actor } from '../../src/platform/database/actor.js';
import type { Client, TestApp } from './app.js';
import { composed, type ReportCase } from './made-report.js';

/** Is hledger, a bookkeeping program that is not ours, on this machine? */
export const hasHledger = (() => {
  try {
    execFileSync('hledger', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

if (!hasHledger) process.stdout.write('No hledger here: journals are not added up by another program.\n');

/** What hledger makes of a journal in a file. */
export async function hledger(file: string, ...command: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('hledger', ['-f', file, ...command], {
    maxBuffer: 2 ** 28,
  });
  return stdout;
}

/** The balance of every account that is not empty: "GBP 12.00" by the account's whole name. */
export async function hledgerBalances(file: string, ...query: string[]): Promise<Record<string, string>> {
  const csv = await hledger(file, 'balance', '--flat', '--no-total', '-O', 'csv', ...query);
  const lines = csv.trim().split('\n').slice(1);
  return Object.fromEntries(
    lines.map((line) => {
      const [, account, balance] = /^"((?:[^"]|"")*)","(.*)"$/.exec(line)!;
      return [account!.replaceAll('""', '"'), balance!];
    }),
  );
}

/** Writes the journal of a pool's general ledger into a file. */
export const writeJournal = (
  app: TestApp,
  who: Client | Actor,
  poolId: string,
  about: ReportCase,
  file: string,
): Promise<void> =>
  composed(app, who, generalLedger, poolId, about, (report, { pool, period, asOf, basis }) => {
    const { coalition, name, currency, timeZone } = pool;
    const section = { ...report, coalition, pool: name, currency };
    return hledgerWriter.write(
      {
        ...{ kind: 'generalLedger', title: 'General ledger', scope: name, sections: [section] },
        ...{ period, asOf, basis, timeZone, layout: 'register', rates: [] },
      },
      createWriteStream(file),
      () => undefined,
    );
  });

/** What a program says of each account beside what its postings say: lines such as "contribution.received GBP 12.00". */
export interface Beside {
  found: string[];
  posted: string[];
}

/**
 * What hledger finds in the journal of a pool, and what its postings say, to the end of a period by the day it happened:
 * the balance of each account, and what each kind of entry did to it in the period. Accounts that come to nothing are
 * left out.
 */
export async function hledgerBeside(
  app: TestApp,
  who: Client | Actor,
  poolId: string,
  about: Omit<ReportCase, 'basis'>,
): Promise<Beside> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-journal-'));
  try {
    const file = join(folder, 'ledger.journal');
    await writeJournal(app, who, poolId, { ...about, basis: 'occurred' }, file);
    const posted = await postedLines(app, poolId, about);
    const found = linesOf('balance', await hledgerBalances(file));
    for (const kind of new Set(posted.map((line) => line.split(' ')[0]!))) {
      if (kind === 'balance') continue;
      found.push(...linesOf(kind, await hledgerBalances(file, `tag:kind=^${kind.replaceAll('.', '[.]')}$`)));
    }
    return { found: found.sort(), posted: posted.sort() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An account may hold several currencies: a line for each. */
const linesOf = (word: string, balances: Record<string, string>): string[] =>
  Object.values(balances).flatMap((text) => text.split(', ').map((amount) => `${word} ${amount}`));

async function postedLines(
  app: TestApp,
  poolId: string,
  { from, to, asOf }: Omit<ReportCase, 'basis'>,
): Promise<string[]> {
  const rows = await app.rows<{ word: string; currency: string; total: string }>(
    `WITH posted AS (
       SELECT a.id, a.currency, e.kind, e.occurred_on, p.amount FROM postings p JOIN accounts a ON a.id = p.account_id
       JOIN journal_entries e ON e.id = p.entry_id
       WHERE e.pool_id = $1 AND e.occurred_on <= $2 AND e.recorded_at <= $3)
     SELECT 'balance' AS word, currency, sum(amount)::text AS total FROM posted GROUP BY id, currency HAVING sum(amount) <> 0
     UNION ALL
     SELECT kind, currency, sum(amount)::text FROM posted WHERE $4::date IS NULL OR occurred_on >= $4
     GROUP BY id, currency, kind HAVING sum(amount) <> 0`,
    [poolId, to, asOf, from],
  );
  return rows.map(
    ({ word, currency, total }) => `${word} ${currency} ${formatAmount(BigInt(total), currency)}`,
  );
}
