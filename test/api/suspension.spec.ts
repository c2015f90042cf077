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

interface Grant {
  state: string;
  reference: string;
  instalments: { id: string; number: number; state: string; holdReasons: string[] }[];
}

let app: TestApp;
let coalition: TestCoalition;
let grantId: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());

/** 40,000.00 a quarter from the end of December, with 60,000.00 of cash and 100,000.00 promised; the first is due. */
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalition = await foundCoalition(app, `Paused Towns ${coalitions}`);
  const { finance, poolId, north } = coalition;
  await fund(coalition, '60000.00');
  await finance.must(
    finance.post(`/api/v1/pools/${poolId}/pledges`, {
      funderId: north,
      amount: '100000.00',
      reference: 'P-LATER',
      signedOn: '2026-11-20',
      instalments: [{ dueOn: '2027-12-01', amount: '100000.00' }],
    }),
  );
  grantId = await award(coalition, {
    amount: '120000.00',
    endOn: '2027-11-30',
    firstOn: '2026-12-31',
    everyMonths: 3,
    equalInstalments: 3,
  });
  await app.moveTo('2027-01-05T09:00:00Z');
});

const address = () => `/api/v1/grants/${grantId}`;
const suspend = (body: object = {}) =>
  coalition.finance.post<Grant & ProblemBody>(`${address()}/suspend`, {
    reason: 'Its accounts are late',
    suspendedOn: '2027-01-05',
    ...body,
  });
const resume = () =>
  coalition.backbone.post<Grant & ProblemBody>(`${address()}/resume`, { reason: 'The accounts are in' });
const grant = () => coalition.partner.must(coalition.partner.get<Grant>(address()));
const slices = async () =>
  (await grant()).instalments.map(({ number, state, holdReasons }) => [number, state, ...holdReasons]);
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};
const release = async () => {
  const [first] = (await grant()).instalments;
  return coalition.finance.post<{ approvalId: string } & ProblemBody>(
    `/api/v1/instalments/${first!.id}/release`,
  );
};

describe('a suspension', () => {
  it('holds what is due, and what comes due meanwhile', async () => {
    const { body } = await suspend();
    expect(body.state).toBe('suspended');
    await app.moveTo('2027-04-10T09:00:00Z');
    expect(await slices()).toEqual([
      [1, 'held', 'the grant is suspended'],
      [2, 'held', 'the grant is suspended'],
      [3, 'planned'],
    ]);
    expect((await release()).body.code).toBe('stateForbids');
    await allHold();
  });

  it('that ends lets come due what waited, as far as the cash goes', async () => {
    await suspend();
    await app.moveTo('2027-04-10T09:00:00Z');
    expect((await resume()).body.state).toBe('awarded');
    await app.drain();
    expect(await slices()).toEqual([
      [1, 'due'],
      [2, 'held', 'short by £20,000.00'],
      [3, 'planned'],
    ]);
    await allHold();
  });

  it('that ends leads back to where the grant was', async () => {
    await pay(coalition, grantId, 1, '2027-01-05');
    await suspend();
    expect((await resume()).body.state).toBe('active');
  });

  it('frees the cash that was set aside, for those who wait for it', async () => {
    const otherId = await award(coalition, {
      amount: '40000.00',
      firstOn: '2027-01-04',
      everyMonths: 1,
      equalInstalments: 1,
    });
    await app.moveTo('2027-01-06T09:00:00Z');
    const other = async () => {
      const { partner } = coalition;
      const { instalments } = await partner.must(partner.get<Grant>(`/api/v1/grants/${otherId}`));
      return instalments.map(({ state, holdReasons }) => [state, ...holdReasons]);
    };
    expect(await other()).toEqual([['held', 'short by £20,000.00']]);
    await suspend();
    await app.drain();
    expect(await other()).toEqual([['due']]);
    await resume();
    await app.drain();
    expect((await slices())[0]).toEqual([1, 'held', 'short by £20,000.00']);
    await allHold();
  });

  it('is listed with its reason, for the partner too', async () => {
    await suspend();
    await resume();
    const { partner } = coalition;
    const { items } = await partner.must(
      partner.get<{ items: { reason: string; outcome: string | null; endedReason: string | null }[] }>(
        `${address()}/suspensions`,
      ),
    );
    expect(items.map(({ reason, outcome, endedReason }) => [reason, outcome, endedReason])).toEqual([
      ['Its accounts are late', 'resumed', 'The accounts are in'],
    ]);
  });

  it('lets nobody approve a payment that was asked for before', async () => {
    const { body: payment } = await release();
    await suspend();
    const { approver } = coalition;
    const path = `/api/v1/approvals/${payment.approvalId}`;
    const { contentHash } = await approver.must(approver.get<{ contentHash: string }>(path));
    await approver.post(`${path}/approve`, { contentHash });
    const refused = await coalition.secondApprover.post<ProblemBody>(`${path}/approve`, { contentHash });
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      'The grant is suspended. Have it resumed first, or reject this payment.',
    ]);
    await allHold();
  });

  it('is refused while a payment is approved', async () => {
    const { body: payment } = await release();
    const path = `/api/v1/approvals/${payment.approvalId}`;
    const { contentHash } = await coalition.approver.must(
      coalition.approver.get<{ contentHash: string }>(path),
    );
    for (const person of [coalition.approver, coalition.secondApprover]) {
      await person.must(person.post(`${path}/approve`, { contentHash }));
    }
    const { status, body } = await suspend();
    expect([status, body.detail]).toEqual([
      409,
      'The payment of instalment 1 is approved. Settle what is approved, then suspend the grant.',
    ]);
  });

  it.each(['2027-01-06', '2026-11-22'])('does not begin on %s', async (suspendedOn) => {
    const { status, body } = await suspend({ suspendedOn });
    expect([status, body.errors[0]?.pointer]).toEqual([422, '/suspendedOn']);
  });

  it('happens once at a time, and ends once', async () => {
    expect((await resume()).body.detail).toBe(
      'A grant that is awarded cannot be resumed. It can be amended or suspended or closed.',
    );
    await suspend();
    expect((await suspend()).body.code).toBe('stateForbids');
    await resume();
    expect((await resume()).body.code).toBe('stateForbids');
  });

  it('is begun and ended on pages, and told on the page of the grant', async () => {
    const browser = await Browser.of(app, coalition.finance);
    const home = `/grants/${grantId}`;
    expect((await browser.get(home)).html).toContain('Suspend it');
    const refused = await browser.submit(
      `${home}/suspend`,
      { reason: 'Late accounts', suspendedOn: '2027-02-01' },
      `${home}/suspend`,
    );
    expect(refused.html).toContain('A suspension begins today, or began earlier.');
    const saved = await browser.submit(
      `${home}/suspend`,
      { reason: 'Late accounts', suspendedOn: '2027-01-05' },
      `${home}/suspend`,
    );
    expect([saved.status, saved.location]).toEqual([303, home]);
    const { html } = await browser.get(home);
    expect(html).toContain('Nothing of it is paid');
    expect(html).toContain('suspended it');
    const ended = await browser.submit(`${home}/resume`, { reason: 'All in order' }, `${home}/resume`);
    expect(ended.status).toBe(303);
    expect((await browser.get(home)).html).toContain('resumed it');
  });
});
