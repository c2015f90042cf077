import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { award, foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface Refund {
  id: string;
  state: string;
  approvalId: string;
  entryId: string | null;
  shares: { funder: string; amount: { amount: string } }[];
}

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
/** North has £2,000 and South £1,000 in a pool that keeps £500 back and refunds by what is left. */
beforeEach(async () => {
  coalitions += 1;
  coalition = await foundCoalition(app, `Refund Towns ${coalitions}`, {
    pool: { refundPolicy: 'pro_rata', reserve: '500.00' },
  });
  await fund(coalition, '2000.00');
  await fund(coalition, '1000.00', { funderId: coalition.south });
});

const ask = <Body = Refund>(amount: string) =>
  coalition.finance.post<Body>(`/api/v1/pools/${coalition.poolId}/refunds`, { amount, reason: 'It ends' });
const read = (id: string) => coalition.finance.must(coalition.finance.get<Refund>(`/api/v1/refunds/${id}`));
async function approve({ approvalId }: Refund): Promise<void> {
  const { approver, finance } = coalition;
  const address = `/api/v1/approvals/${approvalId}`;
  const { contentHash } = await finance.must(finance.get<{ contentHash: string }>(address));
  await approver.must(approver.post(`${address}/approve`, { contentHash }));
}
const pay = <Body = Refund>(id: string, bankReference = 'BACS 1') =>
  coalition.finance.post<Body>(`/api/v1/refunds/${id}/pay`, { bankReference, paidOn: '2026-11-23' });
const balances = () =>
  app.rows<{ name: string; balance: string }>(
    `SELECT o.name, (-a.balance)::text AS balance FROM accounts a JOIN organisations o ON o.id = a.subject_id
     WHERE a.kind = 'fundBalance' AND a.coalition_id = '${coalition.id}' ORDER BY o.name`,
  );
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};

describe('a refund', () => {
  it('is shared by what each funder has left, approved by another, and paid from each balance', async () => {
    const { body } = await ask('1000.00');
    const refund = await read(body.id);
    expect(refund.shares.map(({ funder, amount }) => [funder, amount.amount])).toEqual([
      ['North River Trust', '666.67'],
      ['South Bank Fund', '333.33'],
    ]);
    const early = await pay<ProblemBody>(body.id);
    expect([early.status, early.body.code]).toEqual([409, 'stateForbids']);
    await approve(body);
    expect((await pay(body.id)).body.state).toBe('paid');
    expect(await balances()).toEqual([
      { name: 'North River Trust', balance: '133333' },
      { name: 'South Bank Fund', balance: '66667' },
    ]);
    await allHold();
  });

  it('is not given by a pool whose policy gives none', async () => {
    const { backbone, poolId } = coalition;
    await backbone.must(backbone.patch(`/api/v1/pools/${poolId}`, { refundPolicy: 'none' }, 1));
    const { status, body } = await ask<ProblemBody>('1.00');
    expect([status, body.errors[0]?.pointer]).toEqual([422, '/amount']);
  });

  it('leaves the reserve, and says how much can be given back', async () => {
    const { body } = await ask<ProblemBody>('2500.01');
    expect(body).toMatchObject({
      code: 'insufficientFunds',
      detail: 'The pool can give back £2,500.00: the rest is reserved, approved, restricted, or granted.',
    });
    expect((await ask('2500.00')).status).toBe(201);
  });

  it('leaves what grants count on; and once approved, no grant counts on it', async () => {
    await award(coalition, {
      amount: '1000.00',
      firstOn: '2027-12-01',
      everyMonths: 12,
      equalInstalments: 1,
    });
    expect((await ask<ProblemBody>('1500.01')).status).toBe(422);
    const { body } = await ask('1500.00');
    await approve(body);
    const { backbone, approver, poolId, stream } = coalition;
    const grant = await backbone.must(
      backbone.post<{ id: string }>(`/api/v1/pools/${poolId}/grants`, {
        ...{ organisationId: stream, reference: 'G-LATE', title: 'Late', mode: 'flexible', amount: '0.01' },
        ...{ firstOn: '2027-12-01', everyMonths: 12, equalInstalments: 1, startOn: '2027-01-01' },
        ...{ endOn: '2027-12-31', reportingFrequency: 'yearly', reportingDueAfterDays: 30 },
      }),
    );
    await backbone.must(backbone.post(`/api/v1/grants/${grant.id}/propose`));
    const awarded = await approver.post<ProblemBody>(`/api/v1/grants/${grant.id}/award`, {
      decisionReference: 'Minute 2',
    });
    expect([awarded.status, awarded.body.code]).toEqual([422, 'insufficientFunds']);
    await allHold();
  });

  it('of which two are asked for at once is approved only as far as there is money', async () => {
    const first = (await ask('2000.00')).body;
    const second = (await ask('2000.00')).body;
    await approve(first);
    await expect(approve(second)).rejects.toThrow('insufficientFunds');
    expect((await read(second.id)).state).toBe('proposed');
  });

  it('that is approved can be taken back, with a reason', async () => {
    const { body } = await ask('100.00');
    await approve(body);
    const { finance } = coalition;
    const back = await finance.post<Refund>(`/api/v1/refunds/${body.id}/withdraw`, { reason: 'Too early' });
    expect(back.body.state).toBe('rejected');
    expect((await pay<ProblemBody>(body.id)).status).toBe(409);
    await allHold();
  });

  it('is paid once, under a bank reference of its own', async () => {
    const [first, second] = [(await ask('1.00')).body, (await ask('1.00')).body];
    await approve(first);
    await approve(second);
    expect((await pay(first.id, 'BACS 7')).status).toBe(200);
    const again = await pay<ProblemBody>(first.id, 'BACS 8');
    expect(again.status).toBe(409);
    const same = await pay<ProblemBody>(second.id, 'BACS 7');
    expect([same.status, same.body.errors[0]?.pointer]).toEqual([409, '/bankReference']);
  });
});

describe('the pages of a refund', () => {
  it('show the shares before it is asked for, then the way to who approves it', async () => {
    const browser = await Browser.of(app, coalition.finance);
    const home = `/pools/${coalition.poolId}/refunds`;
    const fields = { amount: '300.00', reason: 'It ends', _idempotencyKey: crypto.randomUUID() };
    const shown = await browser.submit(`${home}/preview`, fields, `${home}/new`);
    expect(shown.html).toContain('What each funder would get');
    expect(shown.html).toContain('200.00');
    const asked = await browser.submit(home, fields, `${home}/new`);
    expect(asked.status).toBe(303);
    const { html } = await browser.get(asked.location!);
    expect(html).toContain('Refund of £300.00');
    expect((await browser.get(home)).html).toContain('“It ends”');
  });
});
