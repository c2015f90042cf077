import type { ComponentChildren } from 'preact';
import { isDay } from '../maths/day.js';
import { isCurrency, parseAmount } from '../maths/money.js';
import { groupedIban } from '../pools/approvals/masked-content.js';
import { KeyValue } from '../web/components/key-value.js';
import { type Column, Table } from '../web/components/table.js';
import { dayText, moneyText } from '../web/format.js';

type Content = Readonly<Record<string, unknown>>;

/**
 * What is asked for, whatever it is, line by line in readable words: the same values that the hash is taken over. Bare
 * ids say nothing to a reader and are left out; whoever asks puts the names beside them.
 */
export function ContentLines({ content, locale }: { content: Content; locale: string }) {
  const entries = readable(content);
  const lists = entries.filter((entry): entry is [string, Content[]] => isList(entry[1]));
  const facts = entries.filter(([, value]) => !isList(value));
  return (
    <>
      <KeyValue pairs={facts.map(([key, value]) => [labelOf(key), valueText(value, content, locale)])} />
      {lists.map(([key, rows]) => (
        <Table caption={labelOf(key)} captionVisible rows={rows} columns={columnsOf(rows, content, locale)} />
      ))}
    </>
  );
}

/** A column for each field that any row has. */
function columnsOf(rows: readonly Content[], content: Content, locale: string): Column<Content>[] {
  const found = [...new Set(rows.flatMap((row) => readable(row).map(([key]) => key)))];
  const isMoney = (key: string) => rows.every((row) => isAmount(row[key]));
  // Who is meant comes first, what it costs last, however the fields were stored.
  const rank = (key: string) => (key === 'payee' ? 0 : isMoney(key) ? 2 : 1);
  const keys = found.sort((a, b) => rank(a) - rank(b));
  return keys.map((key) => ({
    heading: labelOf(key),
    kind: isMoney(key) ? 'number' : 'text',
    // The currency of the whole holds for a row that names none.
    cell: (row) => valueText(row[key], { currency: content.currency, ...row }, locale),
  }));
}

/** What a reader can make something of: no ids, and no currency that an amount beside it says already. */
function readable(content: Content): [string, unknown][] {
  const hasAmount = Object.values(content).some(isAmount);
  return Object.entries(content).filter(
    ([key, value]) => value !== null && !isId(value) && !(key === 'currency' && hasAmount),
  );
}

/** A value as a person reads it: money in its currency, a date by locale, an IBAN in groups of four. */
export function valueText(value: unknown, around: Content, locale: string): ComponentChildren {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) {
    return value.map((inner, at) => [at > 0 && ', ', valueText(inner, around, locale)]);
  }
  if (typeof value === 'object') return <ContentLines content={value as Content} locale={locale} />;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (isDay(text)) return dayText(text, locale);
  if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return groupedIban(text);
  const { currency } = around;
  if (isAmount(text) && typeof currency === 'string' && isCurrency(currency)) {
    return moneyText(parseAmount(text, currency), currency, locale);
  }
  return text;
}

const isId = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

const isAmount = (value: unknown): boolean => typeof value === 'string' && /^-?\d+\.\d{1,4}$/.test(value);

const isList = (value: unknown): value is Content[] =>
  Array.isArray(value) && value.length > 0 && value.every((row) => row !== null && typeof row === 'object');

const knownWords: Readonly<Record<string, string>> = { iban: 'IBAN', bic: 'BIC', sha256: 'SHA-256' };

/** "accountName" → "Account name", "dueOn" → "Due on". */
export function labelOf(key: string): string {
  const words = key
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase()
    .split(' ')
    .map((word) => knownWords[word] ?? word)
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
