import { stringify } from 'csv-stringify/sync';

const plainNumber = /^-?\d+(\.\d+)?$/;

/** Rows as CSV (RFC 4180, CRLF). What a spreadsheet would take for a formula is disarmed by a leading apostrophe. */
export const csvText = (rows: readonly (readonly unknown[])[]): string =>
  stringify(
    rows.map((row) => row.map(cell)),
    { record_delimiter: 'windows' },
  );

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text =
    value instanceof Date
      ? value.toISOString()
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  return /^[=+\-@\t\r]/.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}
