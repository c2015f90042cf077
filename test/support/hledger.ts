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

/**
 * The balances that hledger finds in the journal of a pool, and those that its postings have, to the end of a period by
 * the day it happened: each "GBP 12.00" of an account that is not empty.
 */
export async function hledgerBeside(
  app: TestApp,
  who: Client | Actor,
  poolId: string,
  about: Omit<ReportCase, 'basis'>,
): Promise<{ found: string[]; posted: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-journal-'));
  try {
    const file = join(folder, 'ledger.journal');
    await writeJournal(app, who, poolId, { ...about, basis: 'occurred' }, file);
    const found = Object.values(await hledgerBalances(file)).flatMap((text) => text.split(', '));
    const rows = await app.rows<{ currency: string; total: string }>(
      `SELECT a.currency, sum(p.amount)::text AS total FROM postings p JOIN accounts a ON a.id = p.account_id
       JOIN journal_entries e ON e.id = p.entry_id
       WHERE e.pool_id = $1 AND e.occurred_on <= $2 AND e.recorded_at <= $3 GROUP BY a.id HAVING sum(p.amount) <> 0`,
      [poolId, about.to, about.asOf],
    );
    const posted = rows.map(({ currency, total }) => `${currency} ${formatAmount(BigInt(total), currency)}`);
    return { found: found.sort(), posted: posted.sort() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
