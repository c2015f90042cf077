import { describe, expect, it } from '@jest/globals';
import { requireAfterDistributions, requireCommitted, requireReceivableOfCall } from './drawdown.rules.js';

describe('a call of capital', () => {
  const investor = { investor: 'Patient Capital', commitment: 100_00n, called: 60_00n, currency: 'GBP' };

  it('is within what was committed and is not called', () => {
    expect(() => requireCommitted(investor, 40_00n)).not.toThrow();
  });

  it.each([
    [0n, 'A call is for more than nothing.'],
    [40_01n, '£40.00 of what Patient Capital committed is not called yet.'],
  ])('of %d is refused', (amount, sentence) => {
    expect(() => requireCommitted(investor, amount)).toThrow(sentence);
  });

  it('is of nothing where an amendment has cut the commitment below what was called', () => {
    expect(() => requireCommitted({ ...investor, commitment: 50_00n }, 1n)).toThrow('£0.00 of what');
  });
});

describe('what comes of a call', () => {
  const call = { state: 'partlyReceived' as const, amount: 100_00n, received: 40_00n, currency: 'GBP' };

  it('is what is open of it', () => {
    expect(() => requireReceivableOfCall(call, 60_00n)).not.toThrow();
  });

  it.each([
    [call, 0n, 'more than nothing'],
    [call, 60_01n, '£60.00 is open'],
    [{ ...call, state: 'cancelled' as const }, 1n, 'cancelled'],
  ])('is refused otherwise: %j of %d', (of, amount, words) => {
    expect(() => requireReceivableOfCall(of, amount)).toThrow(words);
  });

  it('comes after the days that investors were paid by', () => {
    expect(() => requireAfterDistributions('2028-12-31', '2029-01-01', '/receivedOn')).not.toThrow();
    expect(() => requireAfterDistributions(null, '2020-01-01', '/receivedOn')).not.toThrow();
    expect(() => requireAfterDistributions('2028-12-31', '2028-12-31', '/receivedOn')).toThrow(
      'until 2028-12-31',
    );
  });
});
