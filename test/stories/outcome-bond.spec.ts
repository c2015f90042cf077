import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { untiedReports } from '../support/made-report.js';
import { foundCoalition, type Made, sign, type TestCoalition } from '../support/coalition.js';
import { ledgerText } from './ledger-text.js';

const ledgerFile = fileURLToPath(new URL('outcome-bond.ledger.txt', import.meta.url));

interface Money {
  amount: string;
}
interface Headroom {
  bond: { used: Money; left: Money };
  payers: { payer: string; used: Money; left: Money | null }[];
}
interface Invoice {
  id: string;
  amount: Money;
  state: string;
  dueOn: string;
}

let app: TestApp;
let coalition: TestCoalition;
let verifier: Client;
let bondId: string;
let organisations: Record<'city' | 'fund' | 'givers' | 'schools' | 'bank' | 'lender' | 'lab', string>;
let references = 0;

beforeAll(async () => {
  app = await TestApp.start({ story: 'outcome bond', now: '2027-01-04T09:00:00Z' });
});
afterAll(() => app?.stop());

const post = <Body = Made>(path: string, body: object = {}, who: Client = coalition.finance): Promise<Body> =>
  who.must(who.post<Body>(`/api/v1/${path}`, body));
const get = <Body>(path: string): Promise<Body> =>
  coalition.finance.must(coalition.finance.get<Body>(`/api/v1/${path}`));
const reference = (): string => `BANK ${(references += 1)}`;

/** Everybody pays what is open by now, on the day. */
async function collect(on: string): Promise<void> {
  const { items } = await get<{ items: Invoice[] }>(`bonds/${bondId}/outcome-invoices?limit=100&sort=dueOn`);
  for (const { id, amount } of items.filter(({ state }) => state === 'issued'))
    await post(`outcome-invoices/${id}/receipts`, {
      ...{ amount: amount.amount, receivedOn: on, bankReference: reference() },
    });
}

/** The provider claims, hands in; the verifier accepts, or reduces to what is said. */
async function claim(period: number, quantity: string, accepted?: string): Promise<void> {
  const { partner } = coalition;
  const made = await post<{ id: string; lines: { id: string }[] }>(
    `bonds/${bondId}/claims`,
    { period, lines: [{ metric: 'signUp', quantity }] },
    partner,
  );
  await post(`claims/${made.id}/submit`, {}, partner);
  const finding =
    accepted === undefined
      ? { verdict: 'accepted' }
      : { verdict: 'reduced', quantity: accepted, reason: 'Consent forms are missing' };
  await post(`claims/${made.id}/verify`, { lines: [{ lineId: made.lines[0]!.id, ...finding }] }, verifier);
}

const plan = (reason: string, counts: Record<number, string>) =>
  post(
    `bonds/${bondId}/plans`,
    {
      reason,
      lines: Object.entries(counts).map(([period, quantity]) => ({
        ...{ period: Number(period), metric: 'signUp', quantity },
      })),
    },
    coalition.backbone,
  );

const terms = () => ({
  startOn: '2027-01-01',
  endOn: '2031-12-31',
  claimsEvery: 'yearly',
  invoiceDueDays: 30,
  rateCard: [
    { metric: 'signUp', title: 'A child signs up', kind: 'per_unit', price: '1680.00', unit: 'child' },
  ],
  caps: { bond: '500000.00' },
  carryForward: false,
  shareRule: 'fixed',
  payers: [
    { organisationId: organisations.city, weight: '30', cap: '90000.00' },
    { organisationId: organisations.fund, weight: '30' },
    { organisationId: organisations.givers, weight: '25' },
    { organisationId: organisations.schools, weight: '15' },
  ],
  verifier: { organisationId: organisations.lab },
  investors: [
    { organisationId: organisations.bank, commitment: '60000.00' },
    { organisationId: organisations.lender, commitment: '40000.00' },
  ],
  returns: {
    kind: 'waterfall',
    tiers: [
      { kind: 'capital' },
      { kind: 'preferred', rate: '0.05', dayCount: 'ACT/365', compounding: 'none' },
      { kind: 'residual', shares: { investors: '0.1', provider: '0.6', pool: '0.3' } },
    ],
  },
  surplus: { rule: 'payersByPaid' },
});

describe('a bond of five years, four payers and two investors', () => {
  it('is drafted, signed by others, and begins', async () => {
    coalition = await foundCoalition(app, 'Four Boroughs');
    const add = async (name: string) =>
      (await post(`coalitions/${coalition.id}/organisations`, { name, sector: 'third' }, coalition.backbone))
        .id;
    organisations = {
      city: await add('City of Four Boroughs'),
      fund: await add('National Outcomes Fund'),
      givers: await add('Givers for Children'),
      schools: await add('Schools Together'),
      bank: await add('Social Bank'),
      lender: await add('Patient Lender'),
      lab: await add('Evidence Lab'),
    };
    verifier = await app.person('Verifier of the bond');
    await app.seat(verifier, coalition.id, 'verifier', organisations.lab);
    const { poolId, stream, finance } = coalition;
    bondId = (
      await post(`coalitions/${coalition.id}/bonds`, {
        ...{ poolId, reference: 'CIB-1', title: 'Children first', providerId: stream },
        terms: terms(),
      })
    ).id;
    const { versions } = await post<{ versions: { approvalId: string }[] }>(`bonds/${bondId}/propose`);
    await sign(coalition, versions[0]!.approvalId);
    await finance.must(finance.post(`/api/v1/bonds/${bondId}/activate`, { activeFrom: '2027-01-04' }));
    await plan('The plan that was signed with the contract', { 1: '90', 2: '90', 3: '60', 4: '60' });
  });

  it('borrows its working capital from both, and advances it to the provider', async () => {
    const { items } = await get<{ items: { partyId: string; investor: string }[] }>(
      `bonds/${bondId}/investors`,
    );
    for (const [investor, amount] of [
      ['Social Bank', '60000.00'],
      ['Patient Lender', '40000.00'],
    ]) {
      const { partyId } = items.find((one) => one.investor === investor)!;
      const call = await post(`bonds/${bondId}/drawdown-calls`, {
        ...{ partyId, amount, dueOn: '2027-02-01', reason: 'The first year of the work' },
      });
      await app.moveTo('2027-02-01T09:00:00Z');
      await post(`drawdown-calls/${call.id}/receipts`, {
        ...{ amount, receivedOn: '2027-02-01', bankReference: reference() },
      });
    }
    const advance = await post<Made & { approvalId: string }>(`bonds/${bondId}/provider-advances`, {
      ...{ amount: '95000.00', reason: 'Link workers of the first year' },
    });
    await sign(coalition, advance.approvalId);
    await post(`provider-advances/${advance.id}/pay`, { bankReference: reference(), paidOn: '2027-02-01' });
  });

  it('is paid for what the verifier leaves of the first claim', async () => {
    await app.moveTo('2028-01-10T09:00:00Z');
    await claim(1, '100', '90');
    await app.moveTo('2028-02-07T09:00:00Z');
    await collect('2028-02-07');
    const { bond } = await get<Headroom>(`bonds/${bondId}/headroom`);
    expect([bond.used.amount, bond.left.amount]).toEqual(['151200.00', '348800.00']);
  });

  it('is suspended for its second year, pays by a schedule, and is planned anew', async () => {
    const { city, fund, givers, schools } = organisations;
    const suspension = await post<Made & { approvalId: string }>(`bonds/${bondId}/suspensions`, {
      ...{ fromOn: '2028-01-01', toOn: '2028-12-31', reason: 'Schools are closed' },
      payers: [
        { organisationId: city, weight: '30' },
        { organisationId: fund, weight: '30' },
        { organisationId: givers, weight: '25' },
        { organisationId: schools, weight: '15' },
      ],
      instalments: [
        { dueOn: '2028-06-30', amount: '60000.00' },
        { dueOn: '2028-12-29', amount: '60000.00' },
      ],
    });
    await sign(coalition, suspension.approvalId);
    await plan('Schools are closed: the second year is paid by a schedule', { 1: '90', 3: '60', 4: '100' });
    await app.moveTo('2028-06-30T09:00:00Z');
    await collect('2028-06-30');
    await app.moveTo('2029-01-05T09:00:00Z');
    await collect('2029-01-05');
    const { id } = await post(
      `bonds/${bondId}/claims`,
      { period: 2, lines: [{ metric: 'signUp', quantity: '5' }] },
      coalition.partner,
    );
    const handedIn = await coalition.partner.post<{ code: string; detail: string }>(
      `/api/v1/claims/${id}/submit`,
      {},
    );
    expect([handedIn.status, handedIn.body.detail]).toEqual([
      409,
      'Period 2 begins in the suspension from 2028-01-01 to 2028-12-31: it is paid by that schedule, not by outcomes.',
    ]);
  });

  it('reaches the cap of a payer, and then its own', async () => {
    await app.moveTo('2030-01-10T09:00:00Z');
    await claim(3, '60');
    await app.moveTo('2030-02-08T09:00:00Z');
    await collect('2030-02-08');
    const { payers } = await get<Headroom>(`bonds/${bondId}/headroom`);
    const city = payers.find(({ payer }) => payer.startsWith('City'))!;
    // 45,360.00 for the first claim, 36,000.00 by the schedule; of the 30,240.00 of the third only what was left.
    expect([city.used.amount, city.left!.amount]).toEqual(['90000.00', '0.00']);

    await app.moveTo('2031-01-10T09:00:00Z');
    await claim(4, '100');
    await app.moveTo('2031-02-07T09:00:00Z');
    await collect('2031-02-07');
    const { items } = await get<{ items: { id: string; period: number }[] }>(
      `bonds/${bondId}/claims?sort=-number`,
    );
    const { workings } = await get<{
      workings: { working: string; gross: Money; trimmed: { by: string; amount: Money }[]; net: Money }[];
    }>(`claims/${items.find(({ period }) => period === 4)!.id}`);
    expect(workings).toMatchObject([
      {
        working: '100 × 1680.00',
        gross: { amount: '168000.00' },
        trimmed: [{ by: 'bond', amount: { amount: '40000.00' } }],
        net: { amount: '128000.00' },
      },
    ]);
  });

  it('pays the provider and the investors, tier by tier', async () => {
    const advance = await post<Made & { approvalId: string }>(`bonds/${bondId}/provider-advances`, {
      ...{ amount: '300000.00', reason: 'Link workers of the later years' },
    });
    await sign(coalition, advance.approvalId);
    await post(`provider-advances/${advance.id}/pay`, { bankReference: reference(), paidOn: '2031-02-07' });
    const distribution = await post<Made & { approvalId: string; paid: Money }>(
      `bonds/${bondId}/distributions`,
      {
        ...{ asOf: '2031-02-07', reason: 'All outcomes are paid for', source: 'proceeds' },
      },
    );
    await sign(coalition, distribution.approvalId);
    await post(`distributions/${distribution.id}/pay`, { bankReference: reference(), paidOn: '2031-02-07' });
  });

  it('shows the plan of today beside what came, whatever earlier plans said', async () => {
    const { periods } = await get<{ periods: { period: number; planned: Money; actual: Money }[] }>(
      `bonds/${bondId}/plan-and-actual`,
    );
    expect(periods.map(({ planned, actual }) => [planned.amount, actual.amount])).toEqual([
      ['151200.00', '151200.00'],
      ['0.00', '120000.00'],
      ['100800.00', '79200.00'],
      ['168000.00', '89600.00'],
      ['0.00', '0.00'],
    ]);
  });

  it('ties in every finance report, whatever the day', async () => {
    const now = app.clock.now();
    const { untied, looked } = await untiedReports(app, coalition.finance, coalition.poolId, [
      { asOf: now, from: null, to: now.toISOString().slice(0, 10) },
      { asOf: now, from: null, to: '2028-09-30' },
    ]);
    expect(untied).toEqual([]);
    expect(looked).toBeGreaterThan(100);
  });

  it('reads like this, and holds', async () => {
    const text = await ledgerText(app, coalition.poolId, 'GBP');
    if (process.env.WRITE_STORIES === '1') writeFileSync(ledgerFile, text);
    expect(text).toBe(readFileSync(ledgerFile, 'utf8'));
    const results = await runChecks(checks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  });
});
