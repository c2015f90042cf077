import { dayText, instantText } from '../../web/format.js';
import type { ReportDocument, StatedRate } from '../documents/report-document.js';

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
