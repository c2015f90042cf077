import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { camt, type Line, TestBank } from '../support/bank.js';
import { foundCoalition, sign, type TestCoalition } from '../support/coalition.js';
import type { CallBody, DistributionBody } from '../support/investor-bond.js';
import { activeBond, allHold } from '../support/investor-cases.js';

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
  coalition = await foundCoalition(app, `Bank Line Towns ${coalitions}`);
});

const active = (more: Parameters<typeof activeBond>[2] = {}) => activeBond(app, coalition, more);

describe('a line of the bank', () => {
  it('is suggested to be the call, the advance or the distribution that it may be, and records it', async () => {
    const bond = await active();
    const bank = new TestBank(app, coalition);
    const line = async (reference: string, amount: string, direction: 'CRDT' | 'DBIT') => {
      await bank.send(
        camt(`S-${bond.reference}-${reference}`, [
          { reference, amount, direction, on: '2022-01-01', text: `${bond.reference}/C1` },
        ]),
      );
      return (await bank.lines()).find((one) => one.reference === reference)!;
    };
    const found = async ({ id }: Line) =>
      (await bond.get<{ items: { kind: string; id: string }[] }>(`bank-lines/${id}/suggestions`)).items.map(
        ({ kind, id: document }) => `${kind} ${document}`,
      );
    const say = (one: Line, kind: string, id: string) =>
      bond.must<Line>(`bank-lines/${one.id}/match`, { kind, id });

    const call = await coalition.finance.must(bond.call('A', '30000.00', '2022-01-31'));
    const came = await line('B-1', '20000.00', 'CRDT');
    expect(await found(came)).toContain(`drawdownCall ${call.id}`);
    expect((await say(came, 'drawdownCall', call.id)).parts).toMatchObject([
      { kind: 'drawdownReceipt', posted: true },
    ]);
    expect((await bond.get<CallBody>(`drawdown-calls/${call.id}`)).received.amount).toBe('20000.00');

    const advance = await coalition.finance.must(bond.askAdvance('8000.00'));
    await sign(coalition, advance.approvalId);
    const went = await line('B-2', '8000.00', 'DBIT');
    expect(await found(went)).toContain(`providerAdvance ${advance.id}`);
    expect((await say(went, 'providerAdvance', advance.id)).parts).toMatchObject([{ posted: true }]);
    expect((await bond.get<DistributionBody>(`provider-advances/${advance.id}`)).state).toBe('paid');

    const { id, approvalId } = await coalition.finance.must(bond.ask('2022-01-01', { amount: '6000.00' }));
    await sign(coalition, approvalId);
    const out = await line('B-3', '6000.00', 'DBIT');
    expect(await found(out)).toContain(`distribution ${id}`);
    await say(out, 'distribution', id);
    expect((await bond.get<DistributionBody>(`distributions/${id}`)).state).toBe('paid');
    await allHold(app);
  });
});
