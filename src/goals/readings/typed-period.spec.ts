import { describe, expect, it } from '@jest/globals';
import { parseTypedPeriod } from './typed-period.js';

describe('a typed period', () => {
  it.each([
    ['2026-Q3', 'quarter', '2026-Q3'],
    ['q3 2026', 'quarter', '2026-Q3'],
    ['2026 Q3', 'quarter', '2026-Q3'],
    ['2026/09', 'month', '2026-09'],
    ['9/2026', 'month', '2026-09'],
    ['H2 2026', 'halfYear', '2026-H2'],
    ['2026-09-30', 'quarter', '2026-Q3'],
    [' 2026 ', 'year', '2026'],
  ] as const)('%j is a %s, %s', (text, length, key) => expect(parseTypedPeriod(text, length).key).toBe(key));

  it.each([
    ['2026', 'quarter'],
    ['Q3 2026', 'month'],
    ['13/2026', 'month'],
    ['soon', 'year'],
  ] as const)('%j is no %s', (text, length) =>
    expect(() => parseTypedPeriod(text, length)).toThrow(/is not a/),
  );
});
