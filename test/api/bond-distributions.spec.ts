import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { workOut } from '../../src/bonds/investors/distributions/distribution.rules.js';
import { inputsOf, kept, type KeptWorking } from '../../src/bonds/investors/distributions/kept-working.js';
import { TestApp } from '../support/app.js';
import { foundCoalition, type ProblemBody, sign, type TestCoalition } from '../support/coalition.js';
import {
  accountsOf,
  activeBond,
  allHold,
  bondWithMoney,
  refusal,
  tiers,
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
  coalition = await foundCoalition(app, `Waterfall Towns ${coalitions}`);
});

const active = (more: Parameters<typeof activeBond>[2] = {}) => activeBond(app, coalition, more);
const withMoney = (commitments?: [string, string]) => bondWithMoney(app, coalition, commitments);

describe('a distribution', () => {
  it('pays the worked case of a waterfall, as it was approved', async () => {
    const bond = await active({
      returns: { kind: 'waterfall', tiers: [{ kind: 'fee', amount: '10000.00' }, ...tiers.slice(1)] },
      commitments: ['600000.00', '400000.00'],
    });
    await bond.drawn('A', '600000.00', '2022-01-01');
    await bond.drawn('B', '400000.00', '2022-01-01');
    await bond.paidOutcomes('200000', 1, '2023-12-31');
    bond.moveTo('2024-01-01');
    const preview = await bond.must<WorkedOut>(`bonds/${bond.id}/distributions/preview`, {
      asOf: '2024-01-01',
    });
    expect(
      preview.tiers.map(({ kind, paid, perInvestor }) => [
        kind,
        paid.amount,
        ...perInvestor.map(({ amount }) => amount.amount),
      ]),
    ).toEqual([
      ['fee', '10000.00'],
      ['capital', '1000000.00', '600000.00', '400000.00'],
      ['preferred', '120000.00', '72000.00', '48000.00'],
      ['residual', '70000.00', '21000.00', '14000.00'],
    ]);
    expect(Object.entries(preview.totals).map(([key, { amount }]) => [key, amount])).toEqual([
      ['fee', '10000.00'],
      ['investors', '1155000.00'],
      ['provider', '21000.00'],
      ['pool', '14000.00'],
    ]);
    const asked = await coalition.finance.must(bond.ask('2024-01-01'));
    expect([asked.amount.amount, asked.forPool.amount]).toEqual(['1186000.00', '14000.00']);
    expect((await bond.pay<ProblemBody>(asked.id, '2024-01-02')).body.code).toBe('stateForbids');
    await sign(coalition, asked.approvalId);
    bond.moveTo('2024-01-03');
    expect((await refusal(bond.pay(asked.id, '2023-12-31'))).slice(0, 3)).toEqual([
      422,
      'ruleBroken',
      '/paidOn',
    ]);
    await coalition.finance.must(bond.pay(asked.id, '2024-01-03'));
    expect(await accountsOf(bond)).toEqual([
      'bondProceeds 20000000',
      'expectedOutcomeIncome 0',
      'investorCapital 0',
      'investorReturn 15500000',
      'outcomePaymentsReceivable 0',
      'programmeCost 3100000',
    ]);
    await allHold(app);
  });

  it('is kept with its working, which works out the same again', async () => {
    const bond = await withMoney();
    const { id } = await bond.distributed('2022-12-31', { amount: '50000.00' });
    await bond.distributed('2022-12-31', { amount: '20000.00' });
    const [kept1] = await app.rows<{ working: KeptWorking }>(
      `SELECT working FROM distributions WHERE id = $1`,
      [id],
    );
    const inputs = inputsOf(kept1!.working);
    expect(kept(workOut(inputs), 'GBP')).toEqual(kept1!.working.result);
    const [last] = await app.rows<{ working: KeptWorking }>(
      `SELECT working FROM distributions WHERE bond_id = $1 ORDER BY made_at DESC, id DESC LIMIT 1`,
      [bond.id],
    );
    expect(last!.working.inputs.feesPaid).toBe('1000.00');
    expect(kept(workOut(inputsOf(last!.working)), 'GBP')).toEqual(last!.working.result);
  });

  it('leaves the pool’s share in the bond, and takes the fee once', async () => {
    const bond = await withMoney();
    await bond.distributed('2022-12-31');
    await bond.paidOutcomes('10000', 2, '2023-03-31');
    const { available, tiers: worked } = await bond.must<WorkedOut>(
      `bonds/${bond.id}/distributions/preview`,
      {
        asOf: '2023-03-31',
      },
    );
    expect([available.amount, ...worked.map(({ paid }) => paid.amount)]).toEqual([
      ...['10000.00', '0.00', '0.00', '0.00', '10000.00'],
    ]);
  });

  it('has no more to give than the bond held on the day, and is promised once', async () => {
    const bond = await withMoney();
    expect((await coalition.finance.must(bond.ask('2022-06-30'))).amount.amount).toBe('100000.00');
    const more = await refusal(bond.ask('2022-06-30', { amount: '100000.01' }));
    expect(more).toEqual([
      ...[422, 'insufficientFunds', '/amount', 'The bond has £100,000.00 to distribute as of 2022-06-30.'],
    ]);
    const whole = await coalition.finance.must(bond.ask('2022-12-31'));
    await sign(coalition, whole.approvalId);
    expect((await refusal(bond.ask('2022-12-31'))).slice(0, 3)).toEqual([
      422,
      'insufficientFunds',
      '/amount',
    ]);
    expect((await refusal(bond.askAdvance('2000.00'))).slice(1, 2)).toEqual(['insufficientFunds']);
  });

  it('is asked for again when investors were paid since', async () => {
    const bond = await withMoney();
    const [one, two] = [
      await coalition.finance.must(bond.ask('2022-12-31', { amount: '30000.00' })),
      await coalition.finance.must(bond.ask('2022-12-31', { amount: '30000.00' })),
    ];
    await sign(coalition, one.approvalId);
    await sign(coalition, two.approvalId);
    await coalition.finance.must(bond.pay(one.id, '2022-12-31'));
    expect((await refusal(bond.pay(two.id, '2022-12-31'))).slice(0, 2)).toEqual([412, 'staleVersion']);
    await bond.must(`distributions/${two.id}/withdraw`, { reason: 'Asked for again' });
    await bond.distributed('2022-12-31', { amount: '30000.00' });
    await allHold(app);
  });

  it('with another at once never pays more than is held, nor anything twice', async () => {
    const bond = await withMoney();
    const asked = await Promise.all([1, 2, 3].map(() => coalition.finance.must(bond.ask('2022-12-31'))));
    const signed = await Promise.allSettled(asked.map(({ approvalId }) => sign(coalition, approvalId)));
    expect(signed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const halves = await withMoney();
    const two = await Promise.all(
      [1, 2].map(() => coalition.finance.must(halves.ask('2022-12-31', { amount: '55000.00' }))),
    );
    for (const { approvalId } of two) await sign(coalition, approvalId);
    const paid = await Promise.all(two.map(({ id }) => halves.pay(id, '2022-12-31')));
    expect(paid.map(({ status }) => status).sort()).toEqual([200, 412]);
    await allHold(app);
  });

  it('counts capital that comes later, and none that comes as of a day before', async () => {
    const bond = await withMoney(['70000.00', '40000.00']);
    await bond.distributed('2022-12-31', { amount: '50000.00' });
    bond.moveTo('2023-01-10');
    await bond.must(
      `drawdown-calls/${(await coalition.finance.must(bond.call('A', '10000.00', '2023-01-10'))).id}/cancel`,
      {
        reason: 'Not yet',
      },
    );
    const call = await coalition.finance.must(bond.call('A', '10000.00', '2023-01-10'));
    const early = { amount: '10000.00', receivedOn: '2022-12-31', bankReference: 'Early' };
    expect((await refusal(bond.post(`drawdown-calls/${call.id}/receipts`, early))).slice(0, 3)).toEqual([
      ...[422, 'ruleBroken', '/receivedOn'],
    ]);
    await bond.received(call.id, '10000.00', '2023-01-01');
    expect((await bond.ask<ProblemBody>('2022-11-30', { amount: '5.00' })).body.errors[0]?.pointer).toBe(
      '/asOf',
    );
  });
});
