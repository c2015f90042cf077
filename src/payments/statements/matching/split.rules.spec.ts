import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { asOfPart, requireParts, signed, type TypedPart } from './split.rules.js';

const line = { amount: -112_50n, currency: 'GBP' };
const payment = { kind: 'disbursement', id: 'd', amount: -100_00n };
const charge = { kind: 'bankCharge', amount: -12_50n };

const refusal = (parts: TypedPart[], of = line) => {
  try {
    requireParts(of, parts);
    return null;
  } catch (error) {
    return (error as DomainError).fields[0];
  }
};

describe('the parts of a line', () => {
  it('come to the line', () => {
    expect(refusal([payment, charge])).toBeNull();
  });

  it('may go both ways: a contribution less what a bank took on its way', () => {
    const parts = [
      { kind: 'contribution', amount: 100_00n },
      { kind: 'bankCharge', amount: -3_00n },
    ];
    expect(refusal(parts, { amount: 97_00n, currency: 'GBP' })).toBeNull();
  });

  it.each([
    [
      'come short of it',
      [payment],
      '/parts',
      'The parts come to −£100.00, and the line is −£112.50: −£12.50 is missing.',
    ],
    ['hold nothing', [payment, { ...charge, amount: 0n }], '/parts/1/amount', 'A part is more than nothing.'],
    [
      'name a document twice',
      [payment, { ...payment, amount: -12_50n }],
      '/parts/1/id',
      'This is part 1 already.',
    ],
  ])('are refused when they %s', (_, parts, pointer, message) => {
    expect(refusal(parts)).toMatchObject({ pointer, message });
  });

  it('are refused exactly when they do not come to the line', () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: -5n, max: 5n }), (given, off) => {
        const total = given.reduce((sum, amount) => sum + amount, 0n);
        const parts = given.map((amount) => ({ kind: 'contribution', amount }));
        const isRefused = refusal(parts, { amount: total + off, currency: 'GBP' }) !== null;
        expect(isRefused).toBe(off !== 0n);
      }),
    );
  });
});

describe('the sign of a part', () => {
  it.each([
    ['in', -1n, 5n],
    ['out', 1n, -5n],
    ['both', 1n, 5n],
    ['both', -1n, -5n],
  ] as const)('of a kind that goes %s, in a line of %s, is that of %s', (direction, amount, is) => {
    expect(signed(5n, direction, { amount })).toBe(is);
  });
});

describe('what is wrong with a part', () => {
  it.each([
    [new DomainError('ruleBroken', 'No.', [{ pointer: '/id', code: 'x', message: 'No.' }]), '/parts/2/id'],
    [
      new DomainError('ruleBroken', 'No.', [{ pointer: '/receivedOn', code: 'x', message: 'No.' }]),
      '/parts/2',
    ],
    [new DomainError('insufficientFunds', 'No.'), '/parts/2'],
  ])('is named as its own: %#', (error, pointer) => {
    expect(asOfPart(error, 2)).toMatchObject({ code: error.code, fields: [{ pointer, message: 'No.' }] });
  });
});
