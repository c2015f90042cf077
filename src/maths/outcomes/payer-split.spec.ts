import { describe, expect, it } from '@jest/globals';
import { parseDecimal } from '../exact.js';
import { headroom, type Payer, type Share, splitNet } from './payer-split.js';

const payer = (name: string, weight: string | null, cap: bigint | null = null): Payer => ({
  payer: name,
  weight: weight === null ? null : parseDecimal(weight),
  cap,
});
const text = (shares: Share[]) => shares.map(({ payer: name, amount }) => `${name} ${amount}`);

function split(net: bigint, payers: Payer[], paid: Record<string, bigint> = {}) {
  const { shares, unpaid } = splitNet(net, payers, new Map(Object.entries(paid)));
  return { shares: text(shares), unpaid: text(unpaid) };
}

describe('who pays a net amount', () => {
  it.each([
    [101n, ['1', '1'], ['A 51', 'B 50']],
    [100n, ['0.3', '0.3', '0.4'], ['A 30', 'B 30', 'C 40']],
    [1n, ['1', '2'], ['B 1']],
    [10n, ['0', '1'], ['B 10']],
    [0n, ['1', '1'], []],
  ])('%d by weights %j', (net, weights, shares) => {
    const payers = weights.map((weight, index) => payer('ABC'[index]!, weight));
    expect(split(net, payers)).toEqual({ shares, unpaid: [] });
  });

  it('nobody pays another’s share: what exceeds a headroom is unpaid', () => {
    const payers = [payer('A', '1', 30n), payer('B', '1')];
    expect(split(100n, payers)).toEqual({ shares: ['A 30', 'B 50'], unpaid: ['A 20'] });
    expect(split(100n, payers, { A: 30n })).toEqual({ shares: ['B 50'], unpaid: ['A 50'] });
  });

  it('one payer pays all, up to its cap', () => {
    expect(split(100n, [payer('A', null)])).toEqual({ shares: ['A 100'], unpaid: [] });
    expect(split(100n, [payer('A', null, 60n)], { A: 10n })).toEqual({ shares: ['A 50'], unpaid: ['A 50'] });
  });

  it('without weights, by what is left under each cap', () => {
    const payers = [payer('A', null, 300n), payer('B', null, 100n)];
    expect(split(100n, payers)).toEqual({ shares: ['A 75', 'B 25'], unpaid: [] });
    expect(split(100n, payers, { A: 200n, B: 50n })).toEqual({ shares: ['A 67', 'B 33'], unpaid: [] });
    expect(split(401n, payers)).toEqual({ shares: ['A 300', 'B 100'], unpaid: ['A 1'] });
    expect(split(8n, payers, { A: 300n, B: 100n })).toEqual({ shares: [], unpaid: ['A 6', 'B 2'] });
  });

  it('payers who may pay nothing at all owe in equal parts', () => {
    expect(split(3n, [payer('A', null, 0n), payer('B', null, 0n)])).toEqual({
      shares: [],
      unpaid: ['A 2', 'B 1'],
    });
  });

  it('headroom is what is left, never below zero, and none without a cap', () => {
    const paid = new Map([['A', 70n]]);
    expect(
      [payer('A', null, 100n), payer('A', null, 50n), payer('A', '1')].map((one) => headroom(one, paid)),
    ).toEqual([30n, 0n, null]);
  });
});
