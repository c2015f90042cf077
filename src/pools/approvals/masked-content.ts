const SHOWN_AT_EACH_END = 4;

/** "GB82 •••• 5432": enough to recognise an account by, not enough to use it. */
export const maskedIban = (iban: string): string =>
  `${iban.slice(0, SHOWN_AT_EACH_END)} •••• ${iban.slice(-SHOWN_AT_EACH_END)}`;

/** "GB82 WEST 1234 5698 7654 32": in groups of four, as it is printed. */
export const groupedIban = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');

/** What is approved, for somebody who may not see account numbers: whatever is called `iban`, at any depth, is masked. */
export function maskedContent<Content>(content: Content): Content {
  return masked(content) as Content;
}

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      key === 'iban' && typeof inner === 'string' ? maskedIban(inner) : masked(inner),
    ]),
  );
}
