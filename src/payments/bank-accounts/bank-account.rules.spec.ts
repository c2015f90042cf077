import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readAccount, standingOf, type TypedAccount, usableFrom } from './bank-account.rules.js';

const typed = (more: Partial<TypedAccount>): TypedAccount => ({ accountName: 'Stream Youth Work', ...more });
const refusedAt = (pointer: string, message = expect.any(String) as unknown) =>
  expect.objectContaining({ code: 'ruleBroken', fields: [expect.objectContaining({ pointer, message })] });

describe('an account', () => {
  it('is brought into electronic form', () => {
    expect(readAccount(typed({ iban: 'gb82 west 1234 5698 7654 32', bic: 'westgb2l' }))).toEqual({
      name: 'Stream Youth Work',
      iban: 'GB82WEST12345698765432',
      bic: 'WESTGB2L',
    });
    expect(readAccount(typed({ iban: 'BE68-5390-0754-7034' })).bic).toBeNull();
  });

  it.each([
    [{ iban: 'GB83WEST12345698765432' }, '/iban', 'check digits'],
    [{ iban: 'GB82WEST1234569876543' }, '/iban', 'another length'],
    [{ iban: 'ZZ82WEST12345698765432' }, '/iban', 'No country'],
    [{ iban: 'not one' }, '/iban', ''],
    [{}, '/iban', 'Give an IBAN'],
    [{ iban: 'GB82WEST12345698765432', bic: 'WEST' }, '/bic', 'not a BIC'],
    [{ iban: 'GB82WEST12345698765432', bic: 'DEUTDEFF' }, '/bic', 'a bank in DE'],
    [{ sortCode: '60-16', accountNumber: '31926819', bic: 'NWBKGB2L' }, '/sortCode', '6 digits'],
    [{ sortCode: '60-16-13', accountNumber: '319268', bic: 'NWBKGB2L' }, '/accountNumber', '8 digits'],
    [{ sortCode: '60-16-13', accountNumber: '31926819' }, '/bic', 'only with the BIC'],
  ])('of %j is refused at %s', (more, pointer, words) => {
    expect(() => readAccount(typed(more))).toThrow(refusedAt(pointer, expect.stringContaining(words)));
  });

  it('in the United Kingdom may be given by sort code and account number', () => {
    expect(
      readAccount(typed({ sortCode: '60-16-13', accountNumber: '31926819', bic: 'NWBKGB2L' })).iban,
    ).toBe('GB29NWBK60161331926819');
  });

  it('in Jersey may be at a bank with a British BIC', () => {
    expect(readAccount(typed({ iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPXXX' })).bic).toBe(
      'PSSTFRPPXXX',
    );
    expect(() => readAccount(typed({ iban: 'GB82WEST12345698765432', bic: 'WESTJESH' }))).not.toThrow();
  });

  it('with one digit mistyped is never taken', () => {
    const good = 'GB82WEST12345698765432';
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 21 }), fc.integer({ min: 1, max: 9 }), (at, more) => {
        const wrong = (BigInt(good[at]!) + BigInt(more)) % 10n;
        const iban = `${good.slice(0, at)}${wrong}${good.slice(at + 1)}`;
        expect(() => readAccount(typed({ iban }))).toThrow();
      }),
    );
  });
});

describe('the cooling-off period', () => {
  it('ends a number of days after the approval', () => {
    expect(usableFrom('2026-11-24', 3)).toBe('2026-11-27');
    expect(usableFrom('2026-11-24', 0)).toBe('2026-11-24');
  });

  it.each([
    [{ id: 'a', state: 'approved' as const, usableFrom: '2026-11-27' }, 'coolingOff'],
    [{ id: 'b', state: 'approved' as const, usableFrom: '2026-11-24' }, 'inUse'],
    [{ id: 'c', state: 'approved' as const, usableFrom: '2026-01-01' }, 'replaced'],
    [{ id: 'd', state: 'proposed' as const, usableFrom: null }, 'proposed'],
    [{ id: 'e', state: 'stopped' as const, usableFrom: null }, 'stopped'],
  ])('%j stands as %s', (account, standing) => {
    expect(standingOf(account, '2026-11-24', 'b')).toBe(standing);
  });
});
