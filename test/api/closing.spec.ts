import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
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

interface Amount {
  amount: string;
}
interface Closure {
  id: string;
  step: string;
  state: string;
  approvalId: string | null;
  entryId: string | null;
  awardAfter: Amount | null;
  carriedOver: Amount | null;
}
interface Grant {
  state: string;
  endOn: string;
  amount: Amount;
  instalments: { number: number; state: string }[];
}

let app: TestApp;
let coalition: TestCoalition;
let grantId: string;
let goalId: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());

/** 100.00 at the end of 2026 and 60.00 a year later, for a term of a year; the first is paid. */
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalition = await foundCoalition(app, `Ending Towns ${coalitions}`);
  const { backbone, id } = coalition;
  goalId = (
    await backbone.must(
      backbone.post<{ id: string }>(`/api/v1/coalitions/${id}/goals`, {
        name: 'Every child reads',
        horizonOn: '2031-08-31',
      }),
    )
  ).id;
  await fund(coalition, '200.00');
  grantId = await award(coalition, {
    amount: '160.00',
    endOn: '2027-11-30',
    firstOn: '2026-12-31',
    everyMonths: 10,
    slices: [{ amount: '100.00' }, { remaining: true }],
  });
  await app.moveTo('2027-01-05T09:00:00Z');
  await pay(coalition, grantId, 1, '2027-01-05');
});

const address = () => `/api/v1/grants/${grantId}`;
const close = (closedOn: string, reason = 'The work is done') =>
  coalition.backbone.post<Closure & ProblemBody>(`${address()}/close`, { reason, closedOn });
const closeMoney = (closedOn: string, carriedOver?: string) =>
  coalition.finance.post<Closure & ProblemBody>(`${address()}/close-money`, {
    reason: 'Nothing is left',
    closedOn,
    carriedOver,
  });
const grant = () => coalition.partner.must(coalition.partner.get<Grant>(address()));
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};
const position = async () => {
  const { backbone, poolId } = coalition;
  const pool = await backbone.must(
    backbone.get<{ position: Record<string, Amount> }>(`/api/v1/pools/${poolId}`),
  );
  return [pool.position.grantsOutstanding!.amount, pool.position.availableToCommit!.amount];
};

/** Has an approval signed. Returns the answer. */
async function approve(approvalId: string | null) {
  const path = `/api/v1/approvals/${approvalId}`;
  const { contentHash } = await coalition.approver.must(
    coalition.approver.get<{ contentHash: string }>(path),
  );
  return coalition.approver.post<ProblemBody>(`${path}/approve`, { contentHash });
}

/** Hands in the report of the year, spending this much, and has it accepted. */
async function report(spent: string): Promise<void> {
  const { partner, backbone } = coalition;
  const { items } = await partner.must(
    partner.get<{ items: { id: string; version: number }[] }>(`/api/v1/grants/${grantId}/spend-reports`),
  );
  const [first] = items;
  await partner.must(
    partner.patch(
      `/api/v1/spend-reports/${first!.id}`,
      { story: 'We read.', lines: [{ goalId, amount: spent }] },
      first!.version,
    ),
  );
  await partner.must(partner.post(`/api/v1/spend-reports/${first!.id}/submit`));
  await backbone.must(backbone.post(`/api/v1/spend-reports/${first!.id}/accept`));
}

describe('closing the work of a grant', () => {
  it('is done at once when its last report is accepted: the unpaid is cancelled and freed', async () => {
    await app.moveTo('2027-12-01T09:00:00Z');
    await report('100.00');
    expect(await position()).toEqual(['60.00', '40.00']);
    const { body } = await close('2027-12-01');
    expect([body.step, body.state, body.approvalId, body.awardAfter?.amount]).toEqual([
      'operational',
      'done',
      null,
      '100.00',
    ]);
    const { state, amount, endOn, instalments } = await grant();
    expect([state, amount.amount, endOn]).toEqual(['closing', '100.00', '2027-11-30']);
    expect(instalments.map(({ number, state: of }) => [number, of])).toEqual([
      [1, 'paid'],
      [2, 'cancelled'],
    ]);
    expect(await position()).toEqual(['0.00', '100.00']);
    await allHold();
  });

  it('before that is asked for, and ends the term when others agree', async () => {
    const { body } = await close('2027-01-05', 'The partner stops');
    expect([body.state, body.entryId]).toEqual(['asked', null]);
    expect((await grant()).state).toBe('active');
    expect((await approve(body.approvalId)).status).toBe(200);
    const { state, amount, endOn } = await grant();
    expect([state, amount.amount, endOn]).toEqual(['closing', '100.00', '2027-01-05']);
    await app.drain();
    const reports = await app.rows(
      `SELECT period_to::text AS "to", state FROM spend_reports WHERE grant_id = $1 AND state <> 'withdrawn'`,
      [grantId],
    );
    expect(reports).toEqual([{ to: '2027-01-05', state: 'draft' }]);
    await allHold();
  });

  it('ends a suspension with it', async () => {
    const { finance } = coalition;
    await finance.must(
      finance.post(`${address()}/suspend`, { reason: 'Late accounts', suspendedOn: '2027-01-05' }),
    );
    const { body } = await close('2027-01-05', 'The accounts never came');
    expect((await approve(body.approvalId)).status).toBe(200);
    const { items } = await finance.must(
      finance.get<{ items: { outcome: string }[] }>(`${address()}/suspensions`),
    );
    expect(items.map(({ outcome }) => outcome)).toEqual(['closed']);
    await allHold();
  });

  it('may end a grant of which nothing was paid', async () => {
    const other = grantId;
    grantId = await award(coalition, {
      amount: '40.00',
      firstOn: '2027-03-31',
      everyMonths: 12,
      equalInstalments: 1,
    });
    const { body } = await close('2027-01-05', 'The partner withdrew');
    expect((await approve(body.approvalId)).status).toBe(200);
    const { state, amount } = await grant();
    expect([state, amount.amount]).toEqual(['closing', '0.00']);
    const browser = await Browser.of(app, coalition.finance);
    expect((await browser.get(`/grants/${grantId}`)).status).toBe(200);
    grantId = other;
    await allHold();
  });

  it('is rejected by who does not agree, and the grant stays as it is', async () => {
    const { body } = await close('2027-01-05');
    const { approver } = coalition;
    const path = `/api/v1/approvals/${body.approvalId}`;
    const { contentHash } = await approver.must(approver.get<{ contentHash: string }>(path));
    await approver.must(approver.post(`${path}/reject`, { contentHash, reason: 'Too early' }));
    expect((await grant()).state).toBe('active');
    expect((await close('2027-01-05')).body.state).toBe('asked');
    expect((await close('2027-01-05')).body.code).toBe('stateForbids');
    await allHold();
  });

  it('is refused while a payment is asked for', async () => {
    await app.moveTo('2027-11-02T09:00:00Z');
    const { finance } = coalition;
    const { instalments } = await finance.must(
      finance.get<{ instalments: { id: string; number: number }[] }>(address()),
    );
    await finance.must(finance.post(`/api/v1/instalments/${instalments[1]!.id}/release`));
    const { status, body } = await close('2027-11-02');
    expect([status, body.detail]).toEqual([
      409,
      'A payment is asked for or under way: instalment 2. Settle it, or have it taken back, then close the grant.',
    ]);
  });

  it('is refused when what was asked for would come to something else by now', async () => {
    const { body } = await close('2027-01-05');
    await app.moveTo('2027-11-02T09:00:00Z');
    await pay(coalition, grantId, 2, '2027-01-05');
    const refused = await approve(body.approvalId);
    expect([refused.status, refused.body.code]).toEqual([412, 'staleVersion']);
  });

  it.each(['2027-01-06', '2027-01-04'])('does not happen on %s', async (closedOn) => {
    const { status, body } = await close(closedOn);
    expect([status, body.errors[0]?.pointer]).toEqual([422, '/closedOn']);
  });
});

describe('closing the money of a grant', () => {
  const closeWork = async (spent: string) => {
    await app.moveTo('2027-12-01T09:00:00Z');
    await report(spent);
    await close('2027-12-01');
  };

  it('is done at once when nothing is unspent', async () => {
    await closeWork('100.00');
    const { body } = await closeMoney('2027-12-01');
    expect([body.step, body.state, body.carriedOver?.amount]).toEqual(['financial', 'done', '0.00']);
    expect((await grant()).state).toBe('closed');
    await allHold();
  });

  it('waits for what is unspent, and is done when it has come back', async () => {
    await closeWork('70.00');
    const early = await closeMoney('2027-12-01');
    expect([early.status, early.body.errors[0]?.pointer, early.body.detail]).toEqual([
      422,
      '/carriedOver',
      '£30.00 is unspent. Record its return first, or carry over exactly that.',
    ]);
    const { finance } = coalition;
    await finance.must(
      finance.post(`${address()}/returns`, {
        amount: '30.00',
        receivedOn: '2027-12-01',
        bankReference: 'RET 1',
      }),
    );
    expect((await closeMoney('2027-12-01')).body.state).toBe('done');
    await allHold();
  });

  it('leaves what is unspent with the partner when others agree', async () => {
    await closeWork('70.00');
    expect((await closeMoney('2027-12-01', '29.00')).body.errors[0]?.pointer).toBe('/carriedOver');
    const { body } = await closeMoney('2027-12-01', '30.00');
    expect(body.state).toBe('asked');
    expect((await grant()).state).toBe('closing');
    expect((await approve(body.approvalId)).status).toBe(200);
    expect((await grant()).state).toBe('closed');
    await allHold();
  });

  it('asks what stays with the partner where no report says, and others agree', async () => {
    const { body: work } = await close('2027-01-05');
    await approve(work.approvalId);
    await app.drain();
    expect((await closeMoney('2027-01-05')).body.errors[0]?.pointer).toBe('/carriedOver');
    expect((await closeMoney('2027-01-05', '100.01')).body.errors[0]?.pointer).toBe('/carriedOver');
    const { body } = await closeMoney('2027-01-05', '100.00');
    expect((await approve(body.approvalId)).status).toBe(200);
    expect((await grant()).state).toBe('closed');
    await allHold();
  });

  it('comes after the work is closed', async () => {
    const { status, body } = await closeMoney('2027-01-05');
    expect([status, body.code]).toEqual([409, 'stateForbids']);
  });
});

it('a grant is closed on pages, and its page tells how', async () => {
  await app.moveTo('2027-12-01T09:00:00Z');
  await report('70.00');
  const browser = await Browser.of(app, coalition.finance);
  const home = `/grants/${grantId}`;
  const form = (await browser.get(`${home}/close`)).html;
  expect(form).toContain('Close the grant, cancelling £60.00');
  const fields = () => ({
    reason: 'All is done',
    closedOn: '2027-12-01',
    _idempotencyKey: crypto.randomUUID(),
  });
  expect((await browser.submit(`${home}/close`, fields(), `${home}/close`)).location).toBe(home);
  const closing = (await browser.get(home)).html;
  expect(closing).toContain('Closing of the work');
  expect(closing).toContain('Close its money');
  expect((await browser.get(`${home}/close-money`)).html).toContain('Stays with the partner');
  const refused = await browser.submit(`${home}/close-money`, fields(), `${home}/close-money`);
  expect(refused.html).toContain('£30.00 is unspent');
  const asked = await browser.submit(
    `${home}/close-money`,
    { ...fields(), carriedOver: '30' },
    `${home}/close-money`,
  );
  expect(asked.location).toBe(home);
  const { html } = await browser.get(home);
  expect(html).toContain('asked to close it');
  expect(html).not.toContain('Close its money');
});
