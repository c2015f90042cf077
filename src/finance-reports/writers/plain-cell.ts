import { formatAmount } from '../../maths/money.js';
import type { Cell, ForeignAmount } from '../documents/report-document.js';

/** An amount in a currency of its own, unlike every other cell. */
export const isForeign = (cell: Cell): cell is ForeignAmount =>
  typeof cell === 'object' && cell !== null && !(cell instanceof Date);

/**
 * A cell as programs read it: money as a plain decimal with the currency's digits, instants in UTC, days as they are.
 * Nothing is "". @throws if money is not minor units
 */
export function plainText(cell: Cell, type: string, currency: string): string {
  if (cell === null) return '';
  if (isForeign(cell)) return formatAmount(cell.amount, cell.currency);
  if (cell instanceof Date) return cell.toISOString();
  if (type !== 'money') return cell.toString();
  if (typeof cell !== 'bigint') throw new Error(`Money is minor units, not "${cell}".`);
  return formatAmount(cell, currency);
}

/** The currency of a cell; "" where it is no money. */
export function currencyOf(cell: Cell, type: string, currency: string): string {
  if (cell === null) return '';
  if (isForeign(cell)) return cell.currency;
  return type === 'money' ? currency : '';
}
