import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import {
  award,
  foundCoalition,
  type Made,
  pay,
  type ProblemBody,
  type TestCoalition,
} from '../support/coalition.js';

interface Money {
  amount: string;
  currency: string;
}
interface Pledge extends Made {
  amount: Money;
  received: Money;
  openInPool: Money;
  planningRate: string | null;
  state: string;
  instalments: { id: string; received: Money }[];
}
interface Contribution extends Made {
  paid: Money | null;
  applied: Money;
  overpaid: Money;
  earmarkGoalId: string | null;
  earmarkGrantId: string | null;
}

let app: TestApp;
let coalition: TestCoalition;
let goalId: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  coalition = await foundCoalition(app, `Channel Towns ${coalitions}`, {
    pool: { attributionRule: 'earmark_first' },
  });
  const { backbone, id } = coalition;
  const goal = { name: 'Ready for school', horizonOn: '2031-08-31' };
  goalId = (await backbone.must(backbone.post<Made>(`/api/v1/coalitions/${id}/goals`, goal))).id;
});

const api = () => coalition.finance;
/** North promises EUR 20,000 in two parts, planned at 0.8625. */
const pledge = <Body = Pledge>(more: object = {}) =>
  api().post<Body>(`/api/v1/pools/${coalition.poolId}/pledges`, {
    ...{ funderId: coalition.north, reference: 'NRT-EUR', amount: '20000.00', currency: 'EUR' },
    ...{ planningRate: '0.8625', signedOn: '2026-11-01' },
    instalments: [
      { dueOn: '2026-11-20', amount: '9999.99' },
      { dueOn: '2027-11-20', amount: '10000.01' },
    ],
    ...more,
  });
const receive = <Body = Contribution>(more: object = {}) =>
  api().post<Body>(`/api/v1/pools/${coalition.poolId}/contributions`, {
    ...{ funderId: coalition.north, amount: '8600.00', receivedOn: '2026-11-21', bankReference: 'SEPA 1' },
    ...{ paidAmount: '9999.99', paidCurrency: 'EUR' },
    ...more,
  });
const read = (id: string) => api().must(api().get<Pledge>(`/api/v1/pledges/${id}`));
const apply = <Body = Contribution>(id: string, settles?: object[]) =>
  api().post<Body>(`/api/v1/contributions/${id}/apply`, { settles });
const position = async () => {
  const pool = await api().must(
    api().get<{ position: Record<string, Money> }>(`/api/v1/pools/${coalition.poolId}`),
  );
  return pool.position;
};
const pointerOf = ({ status, body }: { status: number; body: ProblemBody }) => [
  status,
  body.errors[0]?.pointer,
];
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};

describe('a pledge in another currency', () => {
  it('stands in its own currency, and counts in the pool at its planning rate', async () => {
    const { body } = await pledge();
    expect(await read(body.id)).toMatchObject({
      amount: { amount: '20000.00', currency: 'EUR' },
      planningRate: '0.8625',
      openInPool: { amount: '17250.00', currency: 'GBP' },
    });
    expect((await position()).pledgesReceivable).toEqual({ amount: '17250.00', currency: 'GBP' });
    const forecast = await api().must(
      api().get<{ months: { in: Money }[] }>(`/api/v1/pools/${coalition.poolId}/forecast`),
    );
    const expected = forecast.months.map((month) => month.in.amount).filter((amount) => amount !== '0.00');
    expect(expected).toEqual(['8624.99', '8625.01']);
    await allHold();
  });

  it('balances by itself in the trial balance', async () => {
    await pledge();
    const { books } = await api().must(
      api().get<{ books: { book: string; debit: Money }[] }>(`/api/v1/pools/${coalition.poolId}/accounts`),
    );
    expect(books.map(({ book, debit }) => [book, debit.currency, debit.amount])).toEqual([
      ['actual', 'GBP', '0.00'],
      ['commitment', 'GBP', '0.00'],
      ['commitment', 'EUR', '20000.00'],
    ]);
  });

  it.each([
    [{ planningRate: undefined }, '/planningRate'],
    [{ planningRate: '0.00' }, '/planningRate'],
    [{ currency: 'GBP' }, '/planningRate'],
    [{ currency: 'XXY' }, '/currency'],
    [{ amount: '20000.001' }, '/amount'],
  ])('is refused as %j', async (more, pointer) => {
    expect(pointerOf(await pledge<ProblemBody>(more))).toEqual([422, pointer]);
  });

  it('is planned with another rate from now on, unless grants count on it', async () => {
    const { body } = await pledge();
    const change = <Body = Pledge>(planningRate: string, version: number) =>
      api().patch<Body>(`/api/v1/pledges/${body.id}/planning-rate`, { planningRate }, version);
    expect((await change('0.9', 1)).body).toMatchObject({
      planningRate: '0.9',
      openInPool: { amount: '18000.00' },
    });
    await award(coalition, {
      amount: '18000.00',
      firstOn: '2027-12-01',
      everyMonths: 12,
      equalInstalments: 1,
    });
    expect((await change<ProblemBody>('0.8', 2)).body.code).toBe('insufficientFunds');
    expect((await change<ProblemBody>('0.8', 1)).body.code).toBe('staleVersion');
  });

  it('is amended in its own currency', async () => {
    const { body } = await pledge();
    const instalments = [{ dueOn: '2027-01-04', amount: '5000.00' }];
    await api().must(
      api().send({
        method: 'POST',
        url: `/api/v1/pledges/${body.id}/amend`,
        payload: { reason: 'Less', instalments },
        headers: { 'idempotency-key': crypto.randomUUID(), 'if-match': '"1"' },
      }),
    );
    expect((await read(body.id)).openInPool.amount).toBe('4312.50');
    await allHold();
  });
});

describe('a contribution in another currency', () => {
  it('keeps both amounts, and settles the promise in the currency that was paid', async () => {
    const { body: promise } = await pledge();
    const { body } = await receive();
    expect(body).toMatchObject({
      amount: { amount: '8600.00', currency: 'GBP' },
      paid: { amount: '9999.99', currency: 'EUR' },
      applied: { amount: '9999.99', currency: 'EUR' },
      overpaid: { amount: '0.00', currency: 'EUR' },
    });
    expect((await read(promise.id)).received).toEqual({ amount: '9999.99', currency: 'EUR' });
    expect(await position()).toMatchObject({
      cash: { amount: '8600.00' },
      fundBalances: { amount: '8600.00' },
      pledgesReceivable: { amount: '8625.00' },
    });
    await allHold();
  });

  it('settles what is owed in the pool’s currency, where nothing is owed in its own', async () => {
    const instalments = [{ dueOn: '2026-11-20', amount: '8000.00' }];
    const own = { currency: 'GBP', planningRate: undefined, amount: '8000.00', instalments };
    const { body: promise } = await pledge(own);
    const { body } = await receive();
    expect([body.applied, body.overpaid]).toEqual([
      { amount: '8000.00', currency: 'GBP' },
      { amount: '600.00', currency: 'GBP' },
    ]);
    expect((await read(promise.id)).state).toBe('fulfilled');
    await allHold();
  });

  it.each([
    [{ paidAmount: undefined }, '/paidAmount'],
    [{ paidCurrency: undefined }, '/paidCurrency'],
    [{ paidCurrency: 'GBP' }, '/paidCurrency'],
    [{ paidAmount: '0.00' }, '/paidAmount'],
  ])('is refused as %j', async (more, pointer) => {
    expect(pointerOf(await receive<ProblemBody>(more))).toEqual([422, pointer]);
  });

  it('is reversed whole: the promise is open again', async () => {
    const { body: promise } = await pledge();
    const { body } = await receive();
    const other = await app.person(`Other ${coalitions}`);
    await app.seat(other, coalition.id, 'finance');
    await other.must(
      other.post(`/api/v1/contributions/${body.id}/reverse`, {
        reason: 'Not ours',
        occurredOn: '2026-11-23',
      }),
    );
    expect((await read(promise.id)).received.amount).toBe('0.00');
    expect((await position()).cash?.amount).toBe('0.00');
    await allHold();
  });
});

describe('what a contribution settles', () => {
  it('is chosen, and changed later; an overpayment settles what is pledged afterwards', async () => {
    const { body: promise } = await pledge();
    const [first, second] = (await read(promise.id)).instalments;
    const { body } = await receive({ settles: [{ instalmentId: second!.id, amount: '5000.00' }] });
    expect([body.applied.amount, body.overpaid.amount]).toEqual(['5000.00', '4999.99']);
    await apply(body.id, [
      { instalmentId: first!.id, amount: '9000.00' },
      { instalmentId: second!.id, amount: '0.00' },
    ]);
    expect((await read(promise.id)).instalments.map(({ received }) => received.amount)).toEqual([
      '9000.00',
      '0.00',
    ]);
    const { body: later } = await pledge({
      ...{ reference: 'NRT-EUR-2', amount: '500.00' },
      instalments: [{ dueOn: '2026-11-10', amount: '500.00' }],
    });
    await apply(body.id);
    expect((await read(later.id)).state).toBe('fulfilled');
    expect((await read(promise.id)).received.amount).toBe('9499.99');
    await allHold();
  });

  it('is refused where it is what it was, or more than there is', async () => {
    const { body: promise } = await pledge();
    const [first, second] = (await read(promise.id)).instalments;
    const { body } = await receive();
    expect(pointerOf(await apply<ProblemBody>(body.id))).toEqual([422, '/settles']);
    const more = { instalmentId: second!.id, amount: '10000.02' };
    expect(pointerOf(await apply<ProblemBody>(body.id, [more]))).toEqual([422, '/settles/0/amount']);
    const both = [first!, second!].map(({ id }) => ({ instalmentId: id, amount: '9000.00' }));
    expect(pointerOf(await apply<ProblemBody>(body.id, both))).toEqual([422, '/settles']);
  });

  it('is changed on a page', async () => {
    const { body: promise } = await pledge();
    const { body } = await receive();
    const [first, second] = (await read(promise.id)).instalments;
    const browser = await Browser.of(app, api());
    const path = `/contributions/${body.id}/apply`;
    expect((await browser.get(path)).html).toContain('NRT-EUR, instalment');
    const sent = await browser.submit(path, {
      _idempotencyKey: crypto.randomUUID(),
      'settles[0].instalmentId': first!.id,
      'settles[0].amount': '',
      'settles[1].instalmentId': second!.id,
      'settles[1].amount': '9,999.99',
    });
    expect(sent.location).toBe(`/contributions/${body.id}`);
    const { html } = await browser.get(sent.location!);
    expect(html).toContain('1 EUR = 0.8600 GBP');
    expect((await read(promise.id)).instalments[1]?.received.amount).toBe('9999.99');
  });
});

describe('a restriction', () => {
  it('of a pledge is that of the money that keeps it', async () => {
    await pledge({ earmarkGoalId: goalId });
    expect((await receive()).body.earmarkGoalId).toBe(goalId);
    await allHold();
  });

  it('to a grant lets that grant alone spend the money', async () => {
    await receive({
      ...{ bankReference: 'SEPA 9', amount: '300.00' },
      paidAmount: undefined,
      paidCurrency: undefined,
    });
    const terms = { amount: '150.00', firstOn: '2026-12-01', everyMonths: 12, equalInstalments: 1 };
    const [own, other] = [await award(coalition, terms), await award(coalition, terms)];
    const { body } = await receive({ amount: '150.00', earmarkGrantId: own, bankReference: 'SEPA 2' });
    expect(body.earmarkGrantId).toBe(own);
    await app.moveTo('2026-12-01T09:00:00Z');
    await pay(coalition, own, 1, '2026-12-01');
    await pay(coalition, other, 1, '2026-12-01');
    const parts = await app.rows(
      `SELECT d.grant_id AS "grantId", a.earmark_id AS "earmarkId", p.amount::int AS amount FROM disbursements d
       JOIN postings p ON p.entry_id = d.entry_id JOIN accounts a ON a.id = p.account_id
       WHERE a.kind = 'fundBalance' AND d.coalition_id = '${coalition.id}' ORDER BY d.made_at`,
    );
    expect(parts).toEqual([
      { grantId: own, earmarkId: own, amount: 15000 },
      { grantId: other, earmarkId: null, amount: 15000 },
    ]);
    await allHold();
  });

  it('is refused by a pool that pays pro rata, which could never spend it', async () => {
    const { backbone, poolId } = coalition;
    await backbone.must(backbone.patch(`/api/v1/pools/${poolId}`, { attributionRule: 'pro_rata' }, 1));
    expect(pointerOf(await pledge<ProblemBody>({ earmarkGoalId: goalId }))).toEqual([422, '/earmarkGoalId']);
    expect(pointerOf(await receive<ProblemBody>({ earmarkGoalId: goalId }))).toEqual([422, '/earmarkGoalId']);
    await backbone.must(backbone.patch(`/api/v1/pools/${poolId}`, { attributionRule: 'fifo' }, 2));
    await receive({ earmarkGoalId: goalId });
    const back = await backbone.patch<ProblemBody>(
      `/api/v1/pools/${poolId}`,
      { attributionRule: 'pro_rata' },
      3,
    );
    expect(pointerOf(back)).toEqual([422, '/attributionRule']);
  });
});

describe('a payment in another currency', () => {
  const paidAbroad = async (chargedAmount: string) => {
    await receive({ paidAmount: undefined, paidCurrency: undefined, amount: '900.00' });
    const south = { funderId: coalition.south, bankReference: 'SEPA 3', amount: '600.00' };
    await receive({ ...south, paidAmount: undefined, paidCurrency: undefined });
    const terms = { amount: '1000.00', firstOn: '2026-12-01', everyMonths: 12, equalInstalments: 1 };
    const grantId = await award(coalition, terms);
    await app.moveTo('2026-12-01T09:00:00Z');
    return pay(coalition, grantId, 1, '2026-12-01', {
      ...{ paidAmount: '1160.00', paidCurrency: 'EUR' },
      chargedAmount,
    });
  };
  const share = <Body = { entryId: string }>() =>
    api().post<Body>(`/api/v1/pools/${coalition.poolId}/exchange-differences/share`);

  it('keeps what the payee got and what left the account; the difference stands apart until it is shared', async () => {
    const id = await paidAbroad('1004.50');
    const payment = await api().must(
      api().get<{ paid: Money; charged: Money }>(`/api/v1/disbursements/${id}`),
    );
    expect([payment.paid.amount, payment.charged.amount]).toEqual(['1160.00', '1004.50']);
    expect(await position()).toMatchObject({
      ...{ cash: { amount: '495.50' }, fundBalances: { amount: '500.00' } },
      ...{ exchangeLoss: { amount: '4.50' }, availableToDisburse: { amount: '495.50' } },
      availableToCommit: { amount: '495.50' },
    });
    await allHold();
    const browser = await Browser.of(app, api());
    const charges = `/pools/${coalition.poolId}/bank-charges`;
    expect((await browser.get(charges)).html).toContain('Exchange loss of £4.50');
    expect((await share()).status).toBe(200);
    expect(await position()).toMatchObject({
      ...{ fundBalances: { amount: '495.50' }, exchangeLoss: { amount: '0.00' } },
    });
    expect((await share<ProblemBody>()).body.code).toBe('stateForbids');
    await allHold();
  });

  it('may bring something, which is shared too', async () => {
    await paidAbroad('999.00');
    expect((await position()).exchangeLoss?.amount).toBe('-1.00');
    await share();
    expect(await position()).toMatchObject({
      cash: { amount: '501.00' },
      fundBalances: { amount: '501.00' },
    });
    await allHold();
  });

  it('is refused without saying what the payee got', async () => {
    await receive({ paidAmount: undefined, paidCurrency: undefined, amount: '900.00' });
    const terms = { amount: '100.00', firstOn: '2026-12-01', everyMonths: 12, equalInstalments: 1 };
    const grantId = await award(coalition, terms);
    await app.moveTo('2026-12-01T09:00:00Z');
    await expect(pay(coalition, grantId, 1, '2026-12-01', { chargedAmount: '100.01' })).rejects.toThrow(
      '/chargedAmount',
    );
  });
});

describe('the pages of foreign money', () => {
  it('take a pledge in another currency, and its contribution', async () => {
    const browser = await Browser.of(app, api());
    const home = `/pools/${coalition.poolId}`;
    expect((await browser.get(`${home}/pledges/new?currency=EUR`)).html).toContain(
      'How many GBP to plan with',
    );
    const signed = await browser.submit(
      `${home}/pledges`,
      {
        ...{ _idempotencyKey: crypto.randomUUID(), funderId: coalition.north, reference: 'NRT-P' },
        ...{ currency: 'EUR', planningRate: '0.86', signedOn: '2026-11-01', amount: '1,000' },
        ...{ 'instalments[0].dueOn': '2026-11-20', 'instalments[0].amount': '1 000,00' },
      },
      `${home}/pledges/new?currency=EUR`,
    );
    expect(signed.status).toBe(303);
    expect((await browser.get(signed.location!)).html).toContain('1 EUR = 0.86 GBP');
    const received = await browser.submit(
      `${home}/contributions`,
      {
        ...{ _idempotencyKey: crypto.randomUUID(), funderId: coalition.north, amount: '861.50' },
        ...{ receivedOn: '2026-11-21', bankReference: 'SEPA P', paidCurrency: 'EUR', paidAmount: '1,000' },
      },
      `${home}/contributions/new`,
    );
    expect(received.status).toBe(303);
    expect((await browser.get(received.location!)).html).toContain('1 EUR = 0.8615 GBP');
    expect((await browser.get(`${home}/accounts`)).html).toContain('Commitment book, in EUR');
    await allHold();
  });
});
