import { formatAmount } from '../../../maths/money.js';
import type { Cell, ReportColumn } from '../../documents/report-document.js';
import { columnName, type Content, isHeldExactly, roundedFormula, rowXml, textContent } from './cells.js';
import { countFormat, type Look, type Looks, moneyFormat, textFormat } from './styles.js';

/** Part of a table's rows on a sheet: "'Payments'!" and the last of them, from the second on. */
interface Stretch {
  sheet: string;
  lastRow: number;
}

/**
 * The totals of a table, in each of its currencies: summed while its rows are written, to the minor unit, and said
 * again as a formula that comes to the same.
 */
export class Totals {
  private readonly sums = new Map<string, (bigint | null)[]>();
  private readonly stretches: Stretch[] = [];
  /** Columns in which a spreadsheet cannot hold every amount: no formula can sum them. */
  private readonly unheld = new Set<number>();
  private taken = false;

  constructor(
    private readonly columns: readonly ReportColumn[],
    private readonly currencyColumn: number | null,
  ) {}

  add(cells: readonly Cell[], currency: string): void {
    let sums = this.sums.get(currency);
    if (!sums) {
      sums = this.columns.map(({ isSummed }) => (isSummed ? 0n : null));
      this.sums.set(currency, sums);
    }
    for (let index = 0; index < sums.length; index++) {
      const cell = cells[index];
      const sum = sums[index];
      if (sum === null || sum === undefined || cell === null || cell === undefined) continue;
      if (typeof cell !== 'bigint' && typeof cell !== 'number') continue;
      const units = BigInt(cell);
      sums[index] = sum + units;
      if (!isHeldExactly(units)) this.unheld.add(index);
    }
  }

  endSheet(sheet: string, lastRow: number): void {
    this.stretches.push({ sheet, lastRow });
  }

  /** How many rows they take. */
  rowCount(): number {
    return this.columns.some(({ isSummed }) => isSummed) ? this.sums.size : 0;
  }

  /** Whether they are still to be written. */
  isDue(): boolean {
    return !this.taken && this.rowCount() > 0;
  }

  /** The rows as XML, from a row on. */
  *take(firstRow: number, looks: Looks): Generator<string> {
    this.taken = true;
    if (this.rowCount() === 0) return;
    let row = firstRow;
    for (const [currency, sums] of this.sums) {
      const label = this.sums.size > 1 ? `Total ${currency}` : 'Total';
      // The label stands in the first column that is not a total itself.
      const labelled = sums.indexOf(null);
      const cells = sums.map((sum, index): { content: Content; look: Look } => {
        if (index === labelled)
          return { content: textContent(label), look: { font: 'bold', line: 'above', format: textFormat } };
        if (sum === null) return { content: textContent(''), look: { font: 'bold', line: 'above' } };
        return this.total(sum, index, currency);
      });
      yield rowXml(row, cells, looks);
      row += 1;
    }
  }

  private total(sum: bigint, index: number, currency: string): { content: Content; look: Look } {
    const isMoney = this.columns[index]?.type === 'money';
    const result = isMoney ? formatAmount(sum, currency) : sum.toString();
    const look: Look = {
      font: 'bold',
      line: 'above',
      side: 'right',
      format: isMoney ? moneyFormat(currency) : countFormat,
    };
    if (this.unheld.has(index) || !isHeldExactly(sum))
      return {
        content: textContent(`${result} (more digits than a spreadsheet can sum)`),
        look: { ...look, format: textFormat },
      };
    const summed = this.stretches.map((stretch) => this.sumOf(stretch, index, currency)).join('+') || '0';
    const formula = isMoney ? roundedFormula(summed, currency) : summed;
    return { content: { kind: 'formula', formula, result }, look };
  }

  private sumOf({ sheet, lastRow }: Stretch, index: number, currency: string): string {
    const range = (column: number) => {
      const name = columnName(column);
      const cells = `$${name}$2:$${name}$${Math.max(2, lastRow)}`;
      return this.stretches.length > 1 ? `${sheet}!${cells}` : cells;
    };
    return this.currencyColumn !== null && this.sums.size > 1
      ? `SUMIF(${range(this.currencyColumn)},"${currency}",${range(index)})`
      : `SUM(${range(index)})`;
  }
}
