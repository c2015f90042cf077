import { formatAmount } from '../../src/maths/money.js';
import type { TestApp } from '../support/app.js';

interface Line {
  entry: string;
  occurredOn: string;
  kind: string;
  description: string;
  book: string;
  account: string;
  amount: string;
  currency: string;
}

/**
 * The ledger of a pool as a table one can read: an entry with its date and words, and under it a line for each
 * posting, debit or credit. What is not in the pool's currency says so.
 */
export async function ledgerText(app: TestApp, poolId: string, currency: string): Promise<string> {
  const lines = await app.rows<Line>(
    `SELECT e.id AS entry, e.occurred_on::text AS "occurredOn", e.kind, e.description, a.book,
       CASE a.kind WHEN 'cash' THEN 'Cash' WHEN 'committedToGrants' THEN 'Committed to grants'
         WHEN 'exchangeDifference' THEN 'Exchange difference'
         WHEN 'fundBalance' THEN 'Fund balance / ' || o.name || coalesce(' / ' || t.name, ' / ' || r.reference, '')
         WHEN 'feesPayable' THEN 'Fees payable / ' || o.name WHEN 'pledgedFunds' THEN 'Pledged funds / ' || o.name
         WHEN 'pledgesReceivable' THEN 'Pledges receivable / ' || p.reference
         WHEN 'grantsOutstanding' THEN 'Grants outstanding / ' || g.reference
         WHEN 'investorCapital' THEN 'Investor capital / ' || i.name WHEN 'investorReturn' THEN 'Investor return / ' || i.name
         WHEN 'outcomePaymentsReceivable' THEN 'Outcome payments receivable / ' || i.name
         WHEN 'programmeCost' THEN 'Programme cost / ' || b.reference WHEN 'bondProceeds' THEN 'Bond proceeds / ' || b.reference
         WHEN 'expectedOutcomeIncome' THEN 'Expected outcome income / ' || b.reference END AS account,
       x.amount::text, a.currency
     FROM postings x JOIN journal_entries e ON e.id = x.entry_id JOIN accounts a ON a.id = x.account_id
     LEFT JOIN organisations o ON o.id = a.subject_id LEFT JOIN goals t ON t.id = a.earmark_id
     LEFT JOIN grants r ON r.id = a.earmark_id
     LEFT JOIN bonds b ON b.id = a.subject_id LEFT JOIN bond_parties y ON y.id = a.subject_id
     LEFT JOIN organisations i ON i.id = y.organisation_id
     LEFT JOIN pledges p ON p.id = a.subject_id LEFT JOIN grants g ON g.id = a.subject_id
     WHERE e.pool_id = $1 ORDER BY e.recorded_at, e.id, a.book, x.amount < 0, account`,
    [poolId],
  );
  const table: string[] = [row('Date', 'Entry', 'Debit', 'Credit'), '-'.repeat(104)];
  let entry = '';
  for (const line of lines) {
    if (line.entry !== entry) table.push(row(line.occurredOn, `${line.kind}: ${line.description}`, '', ''));
    entry = line.entry;
    const minor = BigInt(line.amount);
    const amount = formatAmount(minor < 0n ? -minor : minor, line.currency);
    const shown = line.currency === currency ? amount : `${line.currency} ${amount}`;
    table.push(row('', `  ${line.account}`, minor > 0n ? shown : '', minor < 0n ? shown : ''));
  }
  return `${table.join('\n')}\n`;
}

const row = (date: string, words: string, debit: string, credit: string): string =>
  `${date.padEnd(12)}${words.padEnd(64)}${debit.padStart(14)}${credit.padStart(14)}`.trimEnd();
