import { formatAmount, minorDigits } from '../../../maths/money.js';
import type { Cell, ReportColumn } from '../../documents/report-document.js';
import { isForeign } from '../plain-cell.js';
import {
  countFormat,
  dayFormat,
  instantFormat,
  type Look,
  type Looks,
  moneyFormat,
  percentFormat,
  textFormat,
} from './styles.js';

/** A number with no more digits than this is the same number again after a spreadsheet has held it. */
const MOST_DIGITS = 15;
const MOST_CHARACTERS = 32_767;

const BEYOND = 10n ** BigInt(MOST_DIGITS);

/** Whether a spreadsheet can hold so many minor units to the last of them. */
export const isHeldExactly = (minor: bigint): boolean => minor < BEYOND && minor > -BEYOND;

/** What stands in a cell. A number is its decimal text, so that not a digit is lost on the way. */
export type Content =
  | { kind: 'text'; text: string }
  | { kind: 'number'; number: string }
  | { kind: 'formula'; formula: string; result: string; isText?: boolean };

export const textContent = (text: string): Content => ({ kind: 'text', text });

/** An amount in major units; as text where a spreadsheet would round it. */
export const moneyContent = (minor: bigint, currency: string): Content =>
  isHeldExactly(minor)
    ? { kind: 'number', number: formatAmount(minor, currency) }
    : textContent(formatAmount(minor, currency));

/** Content, and the number format that it is shown in; without one a spreadsheet shows it as it likes. */
export interface Shown {
  content: Content;
  format: string | undefined;
}

/** A cell of a table, and the format it is shown in. Days and instants are a spreadsheet's own; instants are UTC. */
export function contentOf(cell: Exclude<Cell, null>, type: ReportColumn['type'], currency: string): Shown {
  if (isForeign(cell))
    return { content: moneyContent(cell.amount, cell.currency), format: moneyFormat(cell.currency) };
  if (cell instanceof Date) return serial(cell.getTime(), instantFormat, cell.toISOString());
  switch (type) {
    case 'money':
      if (typeof cell !== 'bigint') throw new Error(`Money is minor units, not "${cell}".`);
      return { content: moneyContent(cell, currency), format: moneyFormat(currency) };
    case 'day':
      return serial(Date.parse(`${cell}T00:00:00Z`), dayFormat, String(cell));
    case 'count':
      return { content: numberOr(cell.toString()), format: countFormat };
    case 'percent':
      return { content: numberOr(cell.toString(), 'E-2'), format: percentFormat };
    case 'rate':
      return { content: numberOr(cell.toString()), format: undefined };
    case 'text':
    case 'foreignMoney':
    case 'instant':
      return { content: textContent(cell.toString()), format: textFormat };
  }
}

/** A decimal as a number, times ten to a power; as text where a spreadsheet would round it. */
function numberOr(text: string, exponent = ''): Content {
  const digits = text.replace(/^-?0*\.?0*|\./g, '').length;
  const isNumber = /^-?\d+(\.\d+)?$/.test(text) && digits <= MOST_DIGITS;
  return isNumber ? { kind: 'number', number: `${text}${exponent}` } : textContent(text);
}

const DAY = 86_400_000;
/** Days from a spreadsheet's day 0, 30 December 1899, to 1 January 1970. */
const EPOCH = 25_569;
/** Until 1 March 1900 spreadsheets differ in how they count. */
const FIRST = 61;

function serial(milliseconds: number, format: string, text: string): Shown {
  const days = milliseconds / DAY + EPOCH;
  return days >= FIRST
    ? { content: { kind: 'number', number: String(days) }, format }
    : { content: textContent(text), format: textFormat };
}

/** How a total of a column is worked out again: to the digit, whatever order floating-point numbers are added in. */
export const roundedFormula = (formula: string, currency: string): string =>
  `ROUND(${formula},${minorDigits(currency)})`;

/** A cell as XML. Text is text, never a formula: it stands in the cell itself. */
export function cellXml(at: string, content: Content, look: number): string {
  switch (content.kind) {
    case 'number':
      return `<c r="${at}" s="${look}"><v>${content.number}</v></c>`;
    case 'formula': {
      const type = content.isText ? ' t="str"' : '';
      return `<c r="${at}" s="${look}"${type}><f>${xmlText(content.formula)}</f><v>${xmlText(content.result)}</v></c>`;
    }
    case 'text':
      if (content.text === '') return `<c r="${at}" s="${look}"/>`;
      return `<c r="${at}" s="${look}" t="inlineStr"><is><t xml:space="preserve">${sheetText(content.text)}</t></is></c>`;
  }
}

/** A row of cells from column A on; null leaves one out. */
export function rowXml(
  number: number,
  cells: readonly ({ content: Content; look: Look } | null)[],
  looks: Looks,
): string {
  const xml = cells.map((cell, index) =>
    cell === null ? '' : cellXml(`${columnName(index)}${number}`, cell.content, looks.number(cell.look)),
  );
  return `<row r="${number}">${xml.join('')}</row>`;
}

const names: string[] = [];

/** "A" for 0, "AB" for 27. */
export function columnName(index: number): string {
  const known = names[index];
  if (known !== undefined) return known;
  const letter = String.fromCharCode(65 + (index % 26));
  const name = index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
  names[index] = name;
  return name;
}

export const xmlText = (text: string): string =>
  /[&<>"]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    : text;

const code = (character: string): string =>
  `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

const plain = /^[ !#-%'-;=?-^`-~\u00a0-\ud7ff]*$/;
const unheld =
  /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What XML cannot hold, a workbook writes as its code; and what looks like such a code, with its bar coded. */
function sheetText(text: string): string {
  const whole = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
  if (plain.test(whole)) return whole;
  return xmlText(whole.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replace(unheld, code));
}
