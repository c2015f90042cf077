import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { feeOf } from '../../src/pools/fees/fee.rules.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import {
  award,
  foundCoalition,
  fund,
  pay,
  type ProblemBody,
  type TestCoalition,
} from '../support/coalition.js';

interface FeePayment {
  id: string;
  amount: { amount: string };
  state: string;
  approvalId: string;
}

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
/** Hill hosts: 2 % on payments, at least £10 and at most £30; North gave £800 and South £400. */
beforeEach(async () => {
  coalitions += 1;
  coalition = await foundCoalition(app, `Hosted Towns ${coalitions}`);
  const { backbone, poolId, hill, south } = coalition;
  const policy = { feeBasisPoints: 200, feeOn: 'disbursement', feeMinimum: '10.00', feeCap: '30.00' };
  await backbone.must(backbone.patch(`/api/v1/pools/${poolId}`, { ...policy, feeHostId: hill }, 1));
  await fund(coalition, '800.00');
  await fund(coalition, '400.00', { funderId: south });
});

const position = async () => {
  const { finance, poolId } = coalition;
  const pool = await finance.must(
    finance.get<{ position: Record<string, { amount: string }> }>(`/api/v1/pools/${poolId}`),
  );
  return Object.fromEntries(Object.entries(pool.position).map(([name, { amount }]) => [name, amount]));
};
const terms = (amount: string, equalInstalments = 1) => ({
  ...{ amount, firstOn: '2026-12-01', everyMonths: 12, equalInstalments },
});
const ask = <Body = FeePayment>(more: object = {}) =>
  coalition.finance.post<Body>(`/api/v1/pools/${coalition.poolId}/fee-payments`, {
    hostId: coalition.hill,
    ...more,
  });
const approve = async (approvalId: string, who = coalition.approver) => {
  const address = `/api/v1/approvals/${approvalId}`;
  const { contentHash } = await who.must(who.get<{ contentHash: string }>(address));
  return who.post<ProblemBody>(`${address}/approve`, { contentHash });
};
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};

describe('a fee on payments', () => {
  it('is nothing when money comes, and is counted on when a grant is awarded', async () => {
    expect(await position()).toMatchObject({ feesPayable: '0.00', availableToCommit: '1200.00' });
    await award(coalition, terms('1000.00', 2));
    expect(await position()).toMatchObject({ feesToCome: '20.00', availableToCommit: '180.00' });
    await expect(award(coalition, terms('180.00'))).rejects.toThrow('insufficientFunds');
  });

  it('comes on top of the payment, borne by those whose money it is', async () => {
    const grantId = await award(coalition, terms('900.00'));
    await app.moveTo('2026-12-01T09:00:00Z');
    await pay(coalition, grantId, 1, '2026-12-01');
    expect(await position()).toMatchObject({
      ...{ cash: '300.00', feesPayable: '18.00', fundBalances: '282.00', availableToDisburse: '282.00' },
    });
    const { finance, poolId, north } = coalition;
    const { parts } = await finance.must(
      finance.get<{ parts: Record<string, { amount: string }> }>(
        `/api/v1/pools/${poolId}/funders/${north}/statement`,
      ),
    );
    expect([parts.paidOut?.amount, parts.fees?.amount]).toEqual(['-600.00', '-12.00']);
    await allHold();
  });

  it('counts when the bank takes a charge', async () => {
    await award(coalition, terms('1176.00'));
    expect(await position()).toMatchObject({ feesToCome: '23.52', availableToCommit: '0.48' });
    const refused = await coalition.finance.post<ProblemBody>(
      `/api/v1/pools/${coalition.poolId}/bank-charges`,
      { amount: '0.49', takenOn: '2026-11-23', bankReference: 'CHG 2' },
    );
    expect(refused.body.code).toBe('insufficientFunds');
  });

  it('is given back with a payment that came back', async () => {
    const grantId = await award(coalition, terms('900.00'));
    await app.moveTo('2026-12-01T09:00:00Z');
    const id = await pay(coalition, grantId, 1, '2026-12-01');
    const { finance } = coalition;
    await finance.must(
      finance.post(`/api/v1/disbursements/${id}/return`, { returnedOn: '2026-12-01', reason: 'AC04' }),
    );
    expect(await position()).toMatchObject({ feesPayable: '0.00', fundBalances: '1200.00' });
    await allHold();
  });

  it.each([
    [{ feeCap: '9.99' }, '/feeCap'],
    [{ feeHostId: null }, '/feeHostId'],
  ])('is refused as %j', async (policy, pointer) => {
    const { backbone, poolId } = coalition;
    const { status, body } = await backbone.patch<ProblemBody>(`/api/v1/pools/${poolId}`, policy, 2);
    expect([status, body.errors[0]?.pointer]).toEqual([422, pointer]);
  });

  it('is worked out by the database as by the rule', async () => {
    const amounts = [0n, 49n, 50n, 150n, 12_345_67n, 2_500_00n, 10n ** 14n + 7n];
    for (const [feeBasisPoints, feeMinimum, feeCap] of [
      [100, 0n, null],
      [125, 10_00n, 30_00n],
      [10_000, 0n, 5n],
    ] as const) {
      const policy = {
        feeOn: 'disbursement' as const,
        feeHostId: 'host',
        feeBasisPoints,
        feeMinimum,
        feeCap,
      };
      const rows = await app.rows<{ fee: string }>(
        `SELECT fee_of(amount, ${feeBasisPoints}, ${feeMinimum}, ${feeCap ?? 'NULL'})::text AS fee
         FROM unnest(ARRAY[${amounts.join(', ')}]::bigint[]) WITH ORDINALITY AS a (amount, place) ORDER BY place`,
      );
      expect(rows.map(({ fee }) => fee)).toEqual(amounts.map((amount) => String(feeOf(amount, policy))));
    }
  });
});

describe('a fee paid to the host', () => {
  beforeEach(async () => {
    const { backbone, poolId } = coalition;
    const policy = { feeOn: 'receipt', feeMinimum: '0.00', feeCap: null };
    await backbone.must(backbone.patch(`/api/v1/pools/${poolId}`, policy, 2));
    await fund(coalition, '1000.00');
  });

  it('is what it is owed, approved by another, and paid once', async () => {
    const { body } = await ask();
    expect(body.amount.amount).toBe('20.00');
    expect((await ask<ProblemBody>({ amount: '0.01' })).body.errors[0]?.pointer).toBe('/amount');
    const pays = <Body = FeePayment>() =>
      coalition.finance.post<Body>(`/api/v1/fee-payments/${body.id}/pay`, {
        ...{ bankReference: 'FEE 1', paidOn: '2026-11-23' },
      });
    expect((await pays<ProblemBody>()).body.code).toBe('stateForbids');
    expect((await approve(body.approvalId, coalition.finance)).body.code).toBe('makerIsChecker');
    expect((await approve(body.approvalId)).status).toBe(200);
    expect((await pays()).body.state).toBe('paid');
    expect((await pays<ProblemBody>()).body.code).toBe('stateForbids');
    expect(await position()).toMatchObject({ feesPayable: '0.00', cash: '2180.00', fundBalances: '2180.00' });
    await allHold();
  });

  it('is asked for and paid on pages', async () => {
    const browser = await Browser.of(app, coalition.finance);
    const home = `/pools/${coalition.poolId}/fees`;
    expect((await browser.get(home)).html).toContain('Hill Families is owed £20.00');
    const asked = await browser.submit(
      `/pools/${coalition.poolId}/fee-payments`,
      { _idempotencyKey: crypto.randomUUID(), hostId: coalition.hill, amount: '15' },
      home,
    );
    expect(asked.status).toBe(303);
    const approvalId = /\/approvals\/([0-9a-f-]+)/.exec((await browser.get(asked.location!)).html)![1]!;
    await approve(approvalId);
    const paid = await browser.submit(
      `${asked.location!}/pay`,
      { _idempotencyKey: crypto.randomUUID(), bankReference: 'FEE 2', paidOn: '2026-11-23' },
      asked.location,
    );
    expect(paid.status).toBe(303);
    expect((await browser.get(home)).html).toContain('Hill Families is owed £5.00');
    await allHold();
  });
});
