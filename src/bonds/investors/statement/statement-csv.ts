import type { Day } from '../../../maths/day.js';
import { formatAmount } from '../../../maths/money.js';
import { csvText } from '../../../platform/http/csv.js';
import type { InvestorStatementAhead } from './investor-statement.js';
import { projectedText } from '../return-words.js';
import { periodFrom } from './statement.rules.js';

/** What will have been paid in, come back as capital and beyond it, and be lost. */
function projectedAmounts({ projected }: InvestorStatementAhead): (bigint | null)[] {
  if (projected.scenario === null) return [null, null, null, null];
  const { investor } = projected;
  const capital = investor.drawn - investor.lost;
  return [investor.paidIn, capital, investor.received - capital, investor.lost];
}

/** A statement of a period, line by line between what was out before it and at its end. Plain decimals. */
export function statementCsv(statement: InvestorStatementAhead, from?: Day): string {
  const { bond, investor, on, accrued } = statement;
  const period = periodFrom(statement, from);
  const money = (minor: bigint | null) => (minor === null ? '' : formatAmount(minor, bond.currency));
  const row = (day: string, kind: string, what: string, amounts: (bigint | null)[]) => [
    ...[day, kind, what],
    ...amounts.map(money),
    bond.currency,
  ];
  return csvText([
    ['day', 'kind', 'item', 'paidIn', 'capitalReturned', 'return', 'outstanding', 'currency'],
    row('', 'about', `${investor.investor} in ${bond.reference} ${bond.title}`, [null, null, null, null]),
    row(from ?? '', 'opening', '', [null, null, null, period.opening]),
    ...period.lines.map(({ on: day, kind, reference, bankReference, paidIn, capital, income, outstanding }) =>
      row(day, kind, `${reference}, ${bankReference}`, [paidIn, capital, income, outstanding]),
    ),
    row(on, 'closing', '', [null, null, null, period.closing]),
    row(on, 'accrued', accrued.dayCount ?? accrued.note, [null, null, accrued.amount, null]),
    row('', 'projected', projectedText(statement.projected), projectedAmounts(statement)),
  ]);
}
