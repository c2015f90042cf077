import { describe, expect, it } from '@jest/globals';
import { contentHash, requireSignable } from './approval.rules.js';

describe('an approval', () => {
  it('is bound to what is approved: order does not matter, a minor unit does', () => {
    expect(contentHash({ amount: 1n, payee: 'a' })).toBe(contentHash({ payee: 'a', amount: 1n }));
    expect(contentHash({ amount: 1n, payee: 'a' })).not.toBe(contentHash({ amount: 2n, payee: 'a' }));
  });

  const open = { state: 'open' as const, madeBy: 'maker', contentHash: 'h1' };

  it.each([
    ['makerIsChecker', open, 'maker', 'h1'],
    ['staleVersion', open, 'checker', 'h2'],
    ['stateForbids', { ...open, state: 'approved' as const }, 'checker', 'h1'],
  ])('is refused with %s', (code, approval, person, hash) => {
    expect(() => requireSignable(approval, person, hash)).toThrow(expect.objectContaining({ code }));
  });

  it('is given by somebody else who saw what is asked for', () => {
    expect(() => requireSignable(open, 'checker', 'h1')).not.toThrow();
  });
});
