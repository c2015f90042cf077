import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { foundCoalition, type ProblemBody, type TestCoalition } from '../support/coalition.js';
import type { MoneyBody } from '../support/investor-bond.js';
import { amountOf, bondWithMoney, positionOf } from '../support/investor-cases.js';

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
  coalition = await foundCoalition(app, `Statement Towns ${coalitions}`);
});

const withMoney = (commitments?: [string, string]) => bondWithMoney(app, coalition, commitments);

describe('a statement', () => {
  it('says what an investor has in a bond, what has accrued by which day count, and its return', async () => {
    const bond = await withMoney();
    bond.moveTo('2022-12-31');
    await bond.advanced('60000.00', '2022-12-31');
    await bond.distributed('2022-12-31', { amount: '31000.00' });
    bond.moveTo('2023-12-31');
    const before = await positionOf(bond, 'A', '2022-12-30');
    expect([before.outstanding, before.accrued, before.realised.reason]).toEqual([
      { amount: '60000.00', currency: 'GBP' },
      // 60,000.00 × 0.06 × 363 ÷ 365
      { amount: { amount: '3580.27', currency: 'GBP' }, dayCount: 'ACT/365', note: 'Preferred return' },
      'no sign change',
    ]);
    const after = await positionOf(bond, 'A', '2023-12-31');
    expect([after.drawn, after.outstanding].map(amountOf)).toEqual(['60000.00', '42000.00']);
    expect(after.multiples).toEqual({ distributed: '0.300000', residual: '0.801836', total: '1.101836' });
    expect(after.accrued.amount!.amount).toBe('6110.14');
    // The whole earns its preferred return, simple, so a little less than 6 % compounded.
    expect(after.withResidual.rate).toMatch(/^0\.05[89]/);
    const lines = await bond.get<{ lines: { kind: string; outstanding: MoneyBody }[] }>(
      `bonds/${bond.id}/investors/${bond.parties.A}/statement`,
    );
    expect(lines.lines.map(({ kind, outstanding }) => [kind, outstanding.amount])).toEqual([
      ['drawdown', '60000.00'],
      ['distribution', '42000.00'],
    ]);
    const none = await coalition.finance.get<ProblemBody>(
      `/api/v1/bonds/${bond.id}/investors/${bond.id}/statement`,
    );
    expect(none.status).toBe(404);
  });
});
