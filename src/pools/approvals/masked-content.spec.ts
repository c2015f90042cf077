import { describe, expect, it } from '@jest/globals';
import { groupedIban, maskedContent, maskedIban } from './masked-content.js';

describe('an IBAN', () => {
  it('is masked so that one recognises it and cannot use it', () => {
    expect(maskedIban('GB82WEST12345698765432')).toBe('GB82 •••• 5432');
  });

  it('is grouped as it is printed', () => {
    expect(groupedIban('GB82WEST12345698765432')).toBe('GB82 WEST 1234 5698 7654 32');
    expect(groupedIban('BE68539007547034')).toBe('BE68 5390 0754 7034');
  });

  it('is masked at any depth of what is approved, and nothing else is', () => {
    const content = {
      payee: 'Stream',
      account: { iban: 'GB82WEST12345698765432', bic: 'WESTGB2L' },
      lines: [{ iban: 'BE68539007547034', amount: '10.00' }],
    };
    expect(maskedContent(content)).toEqual({
      payee: 'Stream',
      account: { iban: 'GB82 •••• 5432', bic: 'WESTGB2L' },
      lines: [{ iban: 'BE68 •••• 7034', amount: '10.00' }],
    });
  });
});
