import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inputsOf, kept, type KeptWorking } from '../../src/bonds/investors/distributions/kept-working.js';
import { workOut } from '../../src/bonds/investors/distributions/distribution.rules.js';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { camt, type Line, TestBank } from '../support/bank.js';
import { foundCoalition, fund, type ProblemBody, sign, type TestCoalition } from '../support/coalition.js';
import {
  type CallBody,
  type DistributionBody,
  InvestorBond,
  type MoneyBody,
} from '../support/investor-bond.js';

interface WorkedOut {
  available: MoneyBody;
  tiers: { kind: string; paid: MoneyBody; perInvestor: { amount: MoneyBody }[] }[];
  shares: { capital: MoneyBody; income: MoneyBody }[];
  totals: Record<'fee' | 'investors' | 'provider' | 'pool', MoneyBody>;
  paid: MoneyBody;
  remaining: MoneyBody;
  coupon: { percent: string; rate: string } | null;
}

interface Position {
  drawn: MoneyBody;
  outstanding: MoneyBody;
  lost: MoneyBody;
  accrued: { amount: MoneyBody | null; dayCount: string | null };
  realised: { rate: string | null; reason: string | null };
  withResidual: { rate: string | null };
  multiples: { distributed: string | null; residual: string | null; total: string | null };
}

interface Closing {
  items: { key: string; open: string[] }[];
  figures: { surplus: MoneyBody; lost: MoneyBody; shares: { name: string; amount: MoneyBody }[] };
  guarantee: { owed: MoneyBody; open: MoneyBody } | null;
}

const tiers = [
  { kind: 'fee', amount: '1000.00' },
  { kind: 'capital' },
  { kind: 'preferred', rate: '0.06', dayCount: 'ACT/365', compounding: 'none' },
  { kind: 'residual', shares: { investors: '0.5', provider: '0.3', pool: '0.2' } },
];
const returns = { kind: 'waterfall', tiers };
const bounds = (from: string | null, to: string | null) => ({
  ...{ from, to, fromInclusive: from !== null, toInclusive: false },
});
const ladder = {
  ...{ kind: 'couponLadder', dayCount: 'ACT/365' },
  bands: [
    { ...bounds(null, '80'), rate: '0' },
    { ...bounds('80', '100'), rate: '0.03' },
    { ...bounds('100', null), rate: '0.05' },
  ],
};

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
  coalition = await foundCoalition(app, `Capital Towns ${coalitions}`);
});

const active = (more: Partial<Parameters<typeof InvestorBond.active>[2]> = {}) =>
  InvestorBond.active(app, coalition, { returns, ...more });
const amountOf = ({ amount }: MoneyBody): string => amount;
const refusal = async (sent: Promise<{ status: number; body: ProblemBody }>) => {
  const { status, body } = await sent;
  return [status, body.code, body.errors?.[0]?.pointer ?? null, body.detail];
};
/** What stands in the accounts of a bond, each on its natural side. */
const accountsOf = async (bond: InvestorBond) =>
  (
    await app.rows<{ kind: string; balance: string }>(
      `SELECT kind, sum(abs(balance))::text AS balance FROM accounts
       WHERE subject_id = $1 OR subject_id IN (SELECT id FROM bond_parties WHERE bond_id = $1) GROUP BY kind ORDER BY kind`,
      [bond.id],
    )
  ).map(({ kind, balance }) => `${kind} ${balance}`);
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};
const stepOfClosing = async (bond: InvestorBond) => {
  const { items } = await bond.get<Closing>(`bonds/${bond.id}/closing`);
  return items.filter(({ open }) => open.length > 0).map(({ key, open }) => [key, ...open]);
};

describe('capital', () => {
  it('is called within the commitment, comes in parts, and is capital of the investor', async () => {
    const bond = await active();
    const call = await coalition.finance.must(bond.call('A', '45000.00', '2022-02-01'));
    expect([call.reference, call.state]).toEqual([`${bond.reference}/C1`, 'called']);
    expect(await refusal(bond.call('A', '15000.01', '2022-03-01'))).toEqual([
      ...[422, 'ruleBroken', '/amount'],
      `£15,000.00 of what ${await nameOf(bond, 'A')} committed is not called yet.`,
    ]);
    bond.moveTo('2022-02-20');
    await bond.received(call.id, '20000.00', '2022-02-01');
    await bond.received(call.id, '25000.00', '2022-02-20');
    const { state, received } = await bond.get<CallBody>(`drawdown-calls/${call.id}`);
    expect([state, received.amount]).toEqual(['received', '45000.00']);
    expect(await accountsOf(bond)).toEqual(['investorCapital 4500000']);
    expect(
      await refusal(
        bond.post(`drawdown-calls/${call.id}/receipts`, {
          ...{ amount: '0.01', receivedOn: '2022-02-20', bankReference: 'More' },
        }),
      ),
    ).toEqual([422, 'ruleBroken', '/amount', '£0.00 is open of this call. Call what is more first.']);
    await allHold();
  });

  it('is reminded of on the ladder of invoices, and no more once it has come', async () => {
    const bond = await active();
    await app.seat(
      await app.person(`Investor ${coalitions}`),
      coalition.id,
      'funder',
      await organisationOf(bond, 'A'),
    );
    const call = await coalition.finance.must(bond.call('A', '45000.00', '2022-02-01'));
    await app.moveTo('2022-01-20T09:00:00Z');
    await bond.received(call.id, '5000.00', '2022-01-20');
    await app.moveTo('2022-01-30T09:00:00Z');
    await app.moveTo('2022-02-04T09:00:00Z');
    await bond.received(call.id, '40000.00', '2022-02-04');
    await app.moveTo('2022-03-10T09:00:00Z');
    const mails = await app.rows<{ subject: string }>(
      `SELECT subject FROM mail_messages WHERE template = 'drawdownCall.reminder' AND coalition_id = $1 ORDER BY created_at, to_address`,
      [coalition.id],
    );
    expect(mails.map(({ subject }) => subject)).toEqual([
      `£45,000.00 of capital call ${bond.reference}/C1 is due on 1 Feb 2022`,
      `£40,000.00 of capital call ${bond.reference}/C1 is due on 1 Feb 2022`,
      // Late: to the investor, and to finance.
      `£40,000.00 of capital call ${bond.reference}/C1 was due on 1 Feb 2022`,
      `£40,000.00 of capital call ${bond.reference}/C1 was due on 1 Feb 2022`,
    ]);
  });

  it('that was recorded by mistake is taken back by somebody else, unless it is spent or was counted', async () => {
    await fund(coalition, '20000.00', { on: '2022-01-01' });
    const bond = await active();
    const other = await app.person(`Other finance ${coalitions}`);
    await app.seat(other, coalition.id, 'finance');
    const reverse = (receiptId: string, who: Client) =>
      who.post<ProblemBody>(`/api/v1/drawdown-receipts/${receiptId}/reverse`, {
        ...{ reason: 'It was for another bond', occurredOn: '2022-01-01' },
      });
    const call = await coalition.finance.must(bond.call('A', '10000.00', '2022-01-01'));
    const first = await bond.received(call.id, '4000.00', '2022-01-01');
    const second = await bond.received(call.id, '6000.00', '2022-01-01');
    expect((await reverse(first.id, coalition.finance)).body.code).toBe('makerIsChecker');
    expect((await reverse(first.id, other)).status).toBe(200);
    expect((await reverse(first.id, other)).body.code).toBe('stateForbids');
    await bond.advanced('5000.00', '2022-01-01');
    expect(await refusal(reverse(second.id, other))).toEqual([
      ...[
        422,
        'insufficientFunds',
        null,
        'The bond has spent this money already, so it cannot be taken back.',
      ],
    ]);
    expect(await accountsOf(bond)).toEqual(['investorCapital 600000', 'programmeCost 500000']);
    await allHold();
  });

  it('that is not expected any more is cancelled, and may be called again', async () => {
    const bond = await active();
    const call = await coalition.finance.must(bond.call('B', '40000.00', '2022-02-01'));
    await bond.received(call.id, '10000.00', '2022-01-01');
    await bond.must(`drawdown-calls/${call.id}/cancel`, { reason: 'Less is needed' });
    expect((await bond.get<CallBody>(`drawdown-calls/${call.id}`)).state).toBe('cancelled');
    const receipt = { amount: '1.00', receivedOn: '2022-01-01', bankReference: 'Late' };
    expect((await bond.post<ProblemBody>(`drawdown-calls/${call.id}/receipts`, receipt)).status).toBe(409);
    expect((await bond.call<ProblemBody>('B', '30000.01', '2022-02-01')).status).toBe(422);
    expect((await bond.call('B', '30000.00', '2022-02-01')).status).toBe(201);
    await allHold();
  });
});

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
    await allHold();
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
    await allHold();
  });
});

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
    await allHold();
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
    await allHold();
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
    await allHold();
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
    await allHold();
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
    await allHold();
  });
});

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

describe('the closing of a bond', () => {
  it('is refused while anything is open, saying what', async () => {
    const bond = await withMoney();
    await bond.outcomes('300', 2);
    await bond.must(
      `bonds/${bond.id}/claims`,
      { period: 3, lines: [{ metric: 'outcome', quantity: '5' }] },
      coalition.partner,
    );
    await coalition.finance.must(bond.askAdvance('500.00'));
    expect(await stepOfClosing(bond)).toEqual([
      ['claims', 'Claim 3 is a draft.'],
      [
        'invoices',
        `£200.00 of invoice ${bond.reference}/3 is open.`,
        `£100.00 of invoice ${bond.reference}/4 is open.`,
      ],
      ['payments', 'An advance of £500.00 is proposed.'],
      ['distribution', '£109,396.71 is due by the terms, and not distributed.'],
    ]);
    const { status, body } = await bond.post<ProblemBody>(`bonds/${bond.id}/closings`, {
      ...{ closedOn: '2022-12-31', reason: 'Over' },
    });
    expect([status, body.code]).toEqual([409, 'stateForbids']);
    expect(body.detail).toMatch(/^The bond cannot be closed yet\. Claim 3 is a draft\. £200\.00 of invoice/);
  });

  it('shares what is left over among the payers by what each has paid, and empties every account', async () => {
    const bond = await withMoney();
    await bond.distributed('2022-12-31');
    const { figures } = await bond.get<Closing>(`bonds/${bond.id}/closing`);
    expect([figures.surplus.amount, figures.lost.amount]).toEqual(['603.29', '0.00']);
    expect(figures.shares.map(({ name, amount }) => [name, amount.amount])).toEqual([
      ['North River Trust', '402.19'],
      ['South Bank Fund', '201.10'],
    ]);
    const closing = await bond.must<DistributionBody>(`bonds/${bond.id}/closings`, {
      ...{ closedOn: '2022-12-31', reason: 'The term is over' },
    });
    await sign(coalition, closing.approvalId);
    const { state, closedOn } = await bond.get<{ state: string; closedOn: string }>(`bonds/${bond.id}`);
    expect([state, closedOn]).toEqual(['closed', '2022-12-31']);
    expect((await accountsOf(bond)).filter((account) => !account.endsWith(' 0'))).toEqual([]);
    const funds = await app.rows<{ balance: string }>(
      `SELECT (-balance)::text AS balance FROM accounts WHERE pool_id = $1 AND kind = 'fundBalance' ORDER BY balance`,
      [coalition.poolId],
    );
    expect(funds.map(({ balance }) => balance)).toEqual(['20110', '40219']);
    expect((await bond.call<ProblemBody>('A', '1.00', '2023-01-31')).status).toBe(409);
    await allHold();
  });

  it('calls the guarantor for its share of lost capital, passes it on as capital, and books the rest as lost', async () => {
    const bond = await active({
      inTerms: {
        guarantee: { guarantorId: coalition.hill, share: '0.5' },
        surplus: {
          rule: 'shares',
          shares: [
            { organisationId: coalition.north, share: '0.5' },
            { organisationId: coalition.south, share: '0.5' },
          ],
        },
      },
    });
    await bond.drawn('A', '60000.00', '2022-01-01');
    await bond.drawn('B', '30000.00', '2022-01-01');
    await bond.advanced('80000.00', '2022-01-01');
    bond.moveTo('2022-12-31');
    expect(
      (await bond.post<ProblemBody>(`bonds/${bond.id}/guarantee-calls`, { dueOn: '2023-01-31' })).body.detail,
    ).toBe(
      'The guarantor is called when all else is over. £10,000.00 is due by the terms, and not distributed.',
    );
    await bond.distributed('2022-12-31');
    expect(await stepOfClosing(bond)).toEqual([
      ['guarantee', 'Hill Families owes £40,500.00 that is not called.'],
    ]);
    const call = await bond.must<CallBody>(`bonds/${bond.id}/guarantee-calls`, { dueOn: '2023-01-31' });
    await bond.received(call.id, '40500.00', '2022-12-31');
    expect(
      (await bond.post<ProblemBody>(`bonds/${bond.id}/provider-advances`, { amount: '1.00', reason: 'x' }))
        .status,
    ).toBe(422);
    const { id } = await bond.distributed('2022-12-31', { source: 'guarantee' });
    const { working } = await bond.get<{ working: WorkedOut }>(`distributions/${id}`);
    expect(working.shares.map(({ capital, income }) => [capital.amount, income.amount])).toEqual([
      ['27000.00', '0.00'],
      ['13500.00', '0.00'],
    ]);
    const closing = await bond.must<DistributionBody>(`bonds/${bond.id}/closings`, {
      ...{ closedOn: '2022-12-31', reason: 'Outcomes were not reached' },
    });
    const { figures } = await bond.get<Closing>(`bonds/${bond.id}/closing`);
    expect([figures.surplus.amount, figures.lost.amount]).toEqual(['0.00', '40500.00']);
    await sign(coalition, closing.approvalId);
    expect((await accountsOf(bond)).filter((account) => !account.endsWith(' 0'))).toEqual([]);
    const position = await positionOf(bond, 'A', '2022-12-31');
    expect([position.lost, position.multiples.total]).toEqual([
      { amount: '27000.00', currency: 'GBP' },
      '0.550000',
    ]);
    await allHold();
  });

  it('is asked for again when money has moved since', async () => {
    const bond = await withMoney();
    await bond.distributed('2022-12-31');
    const closing = await bond.must<DistributionBody>(`bonds/${bond.id}/closings`, {
      ...{ closedOn: '2022-12-31', reason: 'The term is over' },
    });
    await bond.advanced('100.00', '2022-12-31');
    await expect(sign(coalition, closing.approvalId)).rejects.toThrow('staleVersion');
    await allHold();
  });
});

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
    await allHold();
  });
});

/** 100,000.00 of capital of 1 January 2022, and 10,000.00 of outcome payments of 31 December. */
async function withMoney(commitments: [string, string] = ['60000.00', '40000.00']): Promise<InvestorBond> {
  const bond = await active({ commitments });
  await bond.drawn('A', '60000.00', '2022-01-01');
  await bond.drawn('B', '40000.00', '2022-01-01');
  await bond.paidOutcomes('10000', 1, '2022-12-31');
  return bond;
}

const partyOf = async (bond: InvestorBond, investor: 'A' | 'B') => {
  const { parties } = await bond.get<{ parties: { id: string; name: string; organisationId: string }[] }>(
    `bonds/${bond.id}`,
  );
  return parties.find(({ id }) => id === bond.parties[investor])!;
};
const nameOf = async (bond: InvestorBond, investor: 'A' | 'B') => (await partyOf(bond, investor)).name;
const organisationOf = async (bond: InvestorBond, investor: 'A' | 'B') =>
  (await partyOf(bond, investor)).organisationId;
const positionOf = (bond: InvestorBond, investor: 'A' | 'B', on: string) =>
  bond.get<Position>(`bonds/${bond.id}/investors/${bond.parties[investor]}/statement?on=${on}`);
