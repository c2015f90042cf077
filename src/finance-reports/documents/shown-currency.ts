import { Decimal as AnyDecimal } from 'decimal.js';
import { minorDigits } from '../../maths/money.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Cell, ReportColumn, ReportPart, ReportSection, StatedRate } from './report-document.js';

/** Exact for any ledger's amounts at any rate. */
const Decimal = AnyDecimal.clone({ precision: 80 });
type Decimal = AnyDecimal;

/**
 * How many minor units of `to` one of `from` is, by the rate that was stated for them.
 * @throws ruleBroken where none was stated
 */
export function minorFactor(from: string, to: string, rates: readonly StatedRate[]): Decimal {
  const stated = rates.find((rate) => rate.from === from && rate.to === to);
  if (!stated) {
    throw new DomainError('ruleBroken', `State how much ${to} one ${from} is, to show the report in ${to}.`);
  }
  return new Decimal(stated.rate).times(Decimal.pow(10, minorDigits(to) - minorDigits(from)));
}

/** Half away from zero. */
const rounded = (minor: Decimal): bigint => BigInt(minor.toFixed(0, Decimal.ROUND_HALF_UP));

const times = (amount: bigint, factor: Decimal): bigint =>
  rounded(new Decimal(amount.toString()).times(factor));

/**
 * A pool's part of a report in another currency. Down a column that is summed, each amount is what it adds to those
 * before it, so that the amounts as shown still sum to the total as shown. What holds it to the ledger stays as the
 * ledger has it, and so do amounts that are in a currency of their own.
 * @throws ruleBroken where no rate was stated
 */
export function inCurrency(section: ReportSection, to: string, rates: readonly StatedRate[]): ReportSection {
  const from = section.currency;
  if (from === to) return section;
  const factor = minorFactor(from, to, rates);
  return {
    ...section,
    currency: to,
    ledgerCurrency: from,
    keyFigures: section.keyFigures.map((figure) => ({ ...figure, amount: times(figure.amount, factor) })),
    parts: section.parts.map((part) => shownPart(part, factor)),
  };
}

function shownPart(part: ReportPart, factor: Decimal): ReportPart {
  if (part.kind !== 'table') return part;
  return { ...part, rows: () => shownRows(part.rows(), part.columns, factor) };
}

/** @param rows read once; sums run along in minor units of the pool */
async function* shownRows(
  rows: AsyncIterable<Cell[]>,
  columns: readonly ReportColumn[],
  factor: Decimal,
): AsyncGenerator<Cell[]> {
  const upTo = columns.map(() => 0n);
  for await (const row of rows) {
    yield row.map((cell, index) => {
      const column = columns[index];
      if (column?.type !== 'money' || typeof cell !== 'bigint') return cell;
      if (!column.isSummed) return times(cell, factor);
      const before = upTo[index]!;
      upTo[index] = before + cell;
      return times(before + cell, factor) - times(before, factor);
    });
  }
}
