import { stringify } from 'csv-stringify/sync';

const plainNumber = /^-?\d+(\.\d+)?$/;

/** Rows as CSV (RFC 4180, CRLF). What a spreadsheet would take for a formula is disarmed by a leading apostrophe. */
export const csvText = (rows: readonly (readonly unknown[])[]): string =>
  stringify(
    rows.map((row) => row.map(cell)),
    { record_delimiter: 'windows' },
  );

function cell(value: unknown): string {
  const text = textOf(value);
  return /^[=+\-@\t\r]/.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}
