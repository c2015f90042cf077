import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { foundCoalition, type ProblemBody, type TestCoalition } from '../support/coalition.js';
import type { CallBody } from '../support/investor-bond.js';
import {
  accountsOf,
  activeBond,
  allHold,
  bounds,
  refusal,
  stepOfClosing,
  type WorkedOut,
} from '../support/investor-cases.js';

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2022-01-01T12:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2022-01-01T12:00:00Z'));
  coalition = await foundCoalition(app, `Coupon Towns ${coalitions}`);
});

const ladder = {
  ...{ kind: 'couponLadder', dayCount: 'ACT/365' },
  bands: [
    { ...bounds(null, '80'), rate: '0' },
    { ...bounds('80', '100'), rate: '0.03' },
    { ...bounds('100', null), rate: '0.05' },
  ],
};
const active = (more: Parameters<typeof activeBond>[2] = {}) => activeBond(app, coalition, more);

describe('a coupon ladder', () => {
  it('pays capital, then the coupon that outcomes are worth beside the plan', async () => {
    const bond = await active({ returns: ladder });
    await bond.drawn('A', '36500.00', '2022-01-01');
    await bond.paidOutcomes('9000', 1, '2022-12-31');
    expect((await bond.ask<ProblemBody>('2023-01-01')).body.errors[0]?.pointer).toBe('/asOf');
    bond.moveTo('2023-01-01');
    expect((await refusal(bond.ask('2023-01-01')))[3]).toContain('no plan says so');
    await bond.must(`bonds/${bond.id}/plans`, {
      reason: 'The first',
      lines: [{ period: 1, metric: 'outcome', quantity: '10000' }],
    });
    const {
      coupon,
      tiers: worked,
      remaining,
    } = await bond.must<WorkedOut>(`bonds/${bond.id}/distributions/preview`, { asOf: '2023-01-01' });
    expect([coupon, ...worked.map(({ kind, paid }) => [kind, paid.amount]), remaining.amount]).toEqual([
      { percent: '90.00', rate: '0.03' },
      ['capital', '36500.00'],
      ['coupon', '1095.00'],
      '7905.00',
    ]);
    await bond.distributed('2023-01-01');
    expect(await stepOfClosing(bond)).toEqual([]);
    await allHold(app);
  });
});

describe('a poor outcome', () => {
  it('has investors pay by the contract, which is no capital and is not paid back to them', async () => {
    const bond = await active({
      inTerms: { twoSided: { bands: [{ ...bounds(null, '50'), rate: '0.1' }] } },
    });
    await bond.drawn('A', '30000.00', '2022-01-01');
    await bond.drawn('B', '10000.00', '2022-01-01');
    await bond.must(`bonds/${bond.id}/plans`, {
      reason: 'The first',
      lines: [{ period: 1, metric: 'outcome', quantity: '10000' }],
    });
    await bond.paidOutcomes('4000', 1, '2022-12-31');
    const body = { asOf: '2022-12-31', dueOn: '2023-01-31' };
    const { calls } = await bond.must<{ calls: CallBody[] }>(`bonds/${bond.id}/two-sided-calls`, body);
    expect(calls.map(({ amount }) => amount.amount)).toEqual(['3000.00', '1000.00']);
    const again = await bond.post<ProblemBody>(`bonds/${bond.id}/two-sided-calls`, body);
    expect(again.body.detail).toBe(
      'Outcomes came to 40.00 % of the plan by 2022-12-31: investors owe nothing more for it.',
    );
    await bond.received(calls[0]!.id, '3000.00', '2022-12-31');
    expect(await accountsOf(bond)).toEqual([
      ...[
        'bondProceeds 700000',
        'expectedOutcomeIncome 0',
        'investorCapital 4000000',
        'outcomePaymentsReceivable 0',
      ],
    ]);
    const { available } = await bond.must<WorkedOut>(`bonds/${bond.id}/distributions/preview`, {
      asOf: '2022-12-31',
    });
    expect(available.amount).toBe('44000.00');
    await allHold(app);
  });
});
