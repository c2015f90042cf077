import { formatMoney } from '../../maths/money.js';
import { countText, dayText, instantText } from '../../web/format.js';
import type { Cell, ReportColumn, ReportDocument, StatedRate } from '../documents/report-document.js';
import { isForeign } from './plain-cell.js';

/** Files are written in one language, so that they are the same whoever asks for them. */
export const LOCALE = 'en-GB';

/** "1 Jan 2026 to 31 Mar 2026", "until 31 Mar 2026". */
export const periodText = ({ from, to }: ReportDocument['period'], locale = LOCALE): string =>
  from === null ? `until ${dayText(to, locale)}` : `${dayText(from, locale)} to ${dayText(to, locale)}`;

/** "1 Dec 2026, 08:00 (Europe/London)". */
export const asOfText = ({ asOf, timeZone }: ReportDocument, locale = LOCALE): string =>
  `${instantText(asOf, timeZone, locale)} (${timeZone})`;

/** By which days something belongs to the period. */
export const basisText = ({ basis }: ReportDocument): string =>
  basis === 'occurred' ? 'by the day on which it happened' : 'by the day on which it was recorded';

/** "1 JPY = 0.0061 EUR (ECB, 30 November)". */
export const rateText = ({ from, to, rate, source }: StatedRate): string =>
  `1 ${from} = ${rate} ${to} (${source})`;

export interface Reader {
  locale: string;
  timeZone: string;
}

/** A cell for people. Money is without its currency, which the table names; foreign money has its code. */
export function cellText(
  cell: Cell,
  type: ReportColumn['type'],
  currency: string,
  { locale, timeZone }: Reader,
): string {
  if (cell === null) return '';
  if (isForeign(cell))
    return `${formatMoney(cell.amount, cell.currency, locale, { symbol: false })} ${cell.currency}`;
  if (cell instanceof Date) return instantText(cell, timeZone, locale);
  switch (type) {
    case 'money':
      if (typeof cell !== 'bigint') throw new Error(`Money is minor units, not "${cell}".`);
      return formatMoney(cell, currency, locale, { symbol: false });
    case 'day':
      return dayText(String(cell), locale);
    case 'count':
      return countText(typeof cell === 'bigint' ? cell : Number(cell), locale);
    case 'percent':
      return `${minus(String(cell))}%`;
    case 'rate':
      return minus(String(cell));
    case 'text':
    case 'foreignMoney':
    case 'instant':
      return String(cell);
  }
}

const minus = (text: string): string => text.replace(/^-/, '\u2212');

/** Whether a column holds figures, which stand under each other by their last digit. */
export const isFigure = (type: ReportColumn['type']): boolean =>
  type !== 'text' && type !== 'day' && type !== 'instant';
