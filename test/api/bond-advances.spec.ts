import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { foundCoalition, type ProblemBody, sign, type TestCoalition } from '../support/coalition.js';
import type { DistributionBody } from '../support/investor-bond.js';
import { accountsOf, activeBond, allHold, refusal } from '../support/investor-cases.js';

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
  coalition = await foundCoalition(app, `Advance Towns ${coalitions}`);
});

const active = (more: Parameters<typeof activeBond>[2] = {}) => activeBond(app, coalition, more);

describe('an advance', () => {
  it('goes to the provider once others have approved it, out of what the bond holds', async () => {
    const bond = await active();
    await bond.drawn('A', '30000.00', '2022-01-01');
    expect((await refusal(bond.askAdvance('30000.01'))).slice(0, 3)).toEqual([
      422,
      'insufficientFunds',
      '/amount',
    ]);
    const [one, two] = [
      await coalition.finance.must(bond.askAdvance('20000.00')),
      await coalition.finance.must(bond.askAdvance('20000.00', coalition.backbone)),
    ];
    await sign(coalition, one.approvalId);
    await expect(sign(coalition, two.approvalId)).rejects.toThrow('The bond can pay £10,000.00');
    expect((await refusal(bond.askAdvance('10000.01'))).slice(1, 2)).toEqual(['insufficientFunds']);
    const paid = { bankReference: 'BACS 1', paidOn: '2022-01-01' };
    expect((await bond.post<ProblemBody>(`provider-advances/${two.id}/pay`, paid)).body.code).toBe(
      'stateForbids',
    );
    await bond.must(`provider-advances/${one.id}/pay`, paid);
    expect(await accountsOf(bond)).toEqual(['investorCapital 3000000', 'programmeCost 2000000']);
    expect((await bond.get<DistributionBody>(`provider-advances/${one.id}`, coalition.partner)).state).toBe(
      'paid',
    );
    await allHold(app);
  });

  it('is not approved by who asked for it, and may be taken back before it is paid', async () => {
    const bond = await active();
    await bond.drawn('A', '9000.00', '2022-01-01');
    await app.seat(coalition.approver, coalition.id, 'finance');
    const own = await coalition.approver.must(bond.askAdvance('5000.00', coalition.approver));
    await expect(sign(coalition, own.approvalId)).rejects.toThrow('makerIsChecker');
    const { id, approvalId } = await coalition.finance.must(bond.askAdvance('9000.00'));
    await sign(coalition, approvalId);
    await bond.must(`provider-advances/${id}/withdraw`, { reason: 'The work begins later' });
    expect((await coalition.finance.must(bond.askAdvance('9000.00'))).state).toBe('proposed');
    await allHold(app);
  });
});
