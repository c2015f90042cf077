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
  sign,
  type TestCoalition,
} from '../support/coalition.js';

interface Condition {
  id: string;
  text: string;
  state: string;
  metOn: string | null;
  matchRaised: { amount: string };
  waiverApprovalId: string;
}

let app: TestApp;
let coalition: TestCoalition;
let grantId: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
/** 1,000.00 at the end of December, and again a year later; there is cash for both. */
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalition = await foundCoalition(app, `Conditional Towns ${coalitions}`);
  await fund(coalition, '5000.00');
  grantId = await award(coalition, {
    ...{ amount: '2000.00', startOn: '2026-12-01', endOn: '2028-11-30', firstOn: '2026-12-31' },
    ...{ everyMonths: 12, equalInstalments: 2 },
  });
});

const add = <Body = Condition>(more: object = {}, id = grantId) =>
  coalition.backbone.post<Body>(`/api/v1/grants/${id}/conditions`, {
    ...{ kind: 'documentReceived', subject: 'the signed agreement', appliesFrom: '2026-12-31' },
    ...more,
  });
const added = async (more: object = {}) => (await coalition.backbone.must(add(more))).id;
const read = (id: string) =>
  coalition.partner.must(coalition.partner.get<Condition>(`/api/v1/conditions/${id}`));
const meet = <Body = Condition>(id: string, more: object = {}) =>
  coalition.finance.post<Body>(`/api/v1/conditions/${id}/meet`, {
    ...{ metOn: app.clock.now().toISOString().slice(0, 10), note: 'Filed under A-27' },
    ...more,
  });
const first = async () => {
  const grant = await coalition.backbone.must(
    coalition.backbone.get<{ instalments: { id: string; state: string; holdReasons: string[] }[] }>(
      `/api/v1/grants/${grantId}`,
    ),
  );
  const { state, holdReasons } = grant.instalments[0]!;
  return [state, ...holdReasons];
};
const allHold = async () => {
  const results = await runChecks(checks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
};

describe('a condition', () => {
  it('holds what is agreed for its day or later, until it is met; then it is due at once', async () => {
    const id = await added();
    await app.moveTo('2027-01-05T09:00:00Z');
    expect(await first()).toEqual(['held', 'waits: the signed agreement is received']);
    await allHold();
    expect((await meet(id)).body.state).toBe('met');
    await app.drain();
    expect(await first()).toEqual(['due']);
    await pay(coalition, grantId, 1, '2027-01-05');
    await allHold();
  });

  it('leaves what is agreed for earlier days alone', async () => {
    await added({ appliesFrom: '2027-12-31' });
    await app.moveTo('2027-01-05T09:00:00Z');
    expect(await first()).toEqual(['due']);
  });

  it('added late holds what is due already, and a release that was asked for cannot be approved', async () => {
    await app.moveTo('2027-01-05T09:00:00Z');
    const { finance, backbone, approver } = coalition;
    const { instalments } = await backbone.must(
      backbone.get<{ instalments: { id: string }[] }>(`/api/v1/grants/${grantId}`),
    );
    const asked = await finance.must(
      finance.post<{ approvalId: string }>(`/api/v1/instalments/${instalments[0]!.id}/release`),
    );
    await added();
    expect(await first()).toEqual(['held', 'waits: the signed agreement is received']);
    const approval = `/api/v1/approvals/${asked.approvalId}`;
    const { contentHash } = await approver.must(approver.get<{ contentHash: string }>(approval));
    const answer = await approver.post<ProblemBody>(`${approval}/approve`, { contentHash });
    expect([answer.status, answer.body.code]).toEqual([409, 'stateForbids']);
    await allHold();
  });

  it('cannot begin before what is paid already', async () => {
    await app.moveTo('2027-01-05T09:00:00Z');
    await pay(coalition, grantId, 1, '2027-01-05');
    const { status, body } = await add<ProblemBody>();
    expect([status, body.errors[0]?.pointer]).toEqual([422, '/appliesFrom']);
    expect((await add({ appliesFrom: '2027-12-31' })).status).toBe(201);
  });

  it.each([
    [{ kind: 'reportAccepted', subject: undefined }, '/onDay'],
    [{ kind: 'matchMoneyRaised' }, '/matchAmount'],
    [{ subject: undefined }, '/subject'],
    [{ kind: 'date', subject: undefined, onDay: '2026-11-23' }, '/onDay'],
  ])('is refused as %j', async (more, pointer) => {
    const { status, body } = await add<ProblemBody>(more);
    expect([status, body.errors[0]?.pointer]).toEqual([422, pointer]);
  });

  it('of match money is met when all of it is raised', async () => {
    const id = await added({ kind: 'matchMoneyRaised', subject: 'the nursery', matchAmount: '500.00' });
    expect((await meet<ProblemBody>(id)).body.errors[0]?.pointer).toBe('/amount');
    expect((await meet(id, { amount: '499.99' })).body).toMatchObject({
      ...{ state: 'open', matchRaised: { amount: '499.99' } },
      text: '£500.00 of other money is raised for the nursery, £499.99 so far',
    });
    expect((await meet(id, { amount: '0.01' })).body.state).toBe('met');
  });

  it('of a day is met when it comes, in the coalition’s time zone', async () => {
    const id = await added({ kind: 'date', subject: undefined, onDay: '2027-02-01' });
    await app.moveTo('2027-01-31T23:59:00Z');
    expect(await first()).toEqual(['held', 'waits: nothing is paid before 1 Feb 2027']);
    expect((await meet<ProblemBody>(id)).body.code).toBe('stateForbids');
    await app.moveTo('2027-02-01T00:01:00Z');
    expect([(await read(id)).metOn, await first()]).toEqual(['2027-02-01', ['due']]);
    await allHold();
  });

  it('of a report is met when one that reaches so far is accepted', async () => {
    const id = await added({
      ...{ kind: 'reportAccepted', subject: undefined, onDay: '2027-11-30', appliesFrom: '2027-12-31' },
    });
    await app.moveTo('2027-01-05T09:00:00Z');
    await pay(coalition, grantId, 1, '2027-01-05');
    await app.moveTo('2028-01-10T09:00:00Z');
    const [report] = await app.rows<{ id: string; version: number }>(
      `SELECT id, version FROM spend_reports WHERE grant_id = $1 ORDER BY number LIMIT 1`,
      [grantId],
    );
    const { partner, backbone } = coalition;
    const path = `/api/v1/spend-reports/${report!.id}`;
    await partner.must(
      partner.send({
        ...{ method: 'PATCH', url: path, headers: { 'if-match': `"${report!.version}"` } },
        payload: { lines: [], story: 'Two new evenings a week.' },
      }),
    );
    await partner.must(partner.post(`${path}/submit`));
    expect((await read(id)).state).toBe('open');
    await backbone.must(backbone.post(`${path}/accept`));
    await app.drain();
    expect((await read(id)).state).toBe('met');
    await allHold();
  });

  it('is set aside by others, for a reason that they read', async () => {
    const id = await added();
    await app.moveTo('2027-01-05T09:00:00Z');
    const ask = <Body = Condition>() =>
      coalition.finance.post<Body>(`/api/v1/conditions/${id}/waiver`, { reason: 'It comes in spring' });
    const { body } = await ask();
    expect((await ask<ProblemBody>()).body.code).toBe('stateForbids');
    await sign(coalition, body.waiverApprovalId);
    await app.drain();
    expect([(await read(id)).state, await first()]).toEqual(['waived', ['due']]);
    expect((await meet<ProblemBody>(id)).body.code).toBe('stateForbids');
    await allHold();
  });

  it('is taken off a draft only', async () => {
    const { backbone } = coalition;
    const refused = await backbone.send<ProblemBody>({
      method: 'DELETE',
      url: `/api/v1/conditions/${await added()}`,
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'stateForbids']);
  });

  it('is seen by the partner whose grant it is, and by no other', async () => {
    const id = await added();
    const other = await app.person(`Hill partner ${coalitions}`);
    await app.seat(other, coalition.id, 'partner', coalition.hill);
    expect((await read(id)).text).toBe('the signed agreement is received');
    expect((await other.get(`/api/v1/conditions/${id}`)).status).toBe(404);
  });
});

describe('the pages of conditions', () => {
  it('add one, show it with the grant, and say that it is met', async () => {
    const browser = await Browser.of(app, coalition.backbone);
    const grant = `/grants/${grantId}`;
    const fields = { kind: 'matchMoneyRaised', appliesFrom: '2026-12-31', subject: 'the nursery' };
    const saved = await browser.submit(
      `${grant}/conditions`,
      { ...fields, matchAmount: '1,500' },
      `${grant}/conditions/new`,
    );
    expect(saved.status).toBe(303);
    const { html } = await browser.get(grant);
    expect(html).toContain('£1,500.00 of other money is raised for the nursery');
    const condition = /\/conditions\/[0-9a-f-]{36}/.exec(html)![0];
    const met = await browser.submit(
      `${condition}/meet`,
      { amount: '1500', metOn: '2026-11-23', note: 'Bank letter' },
      condition,
    );
    expect(met.status).toBe(303);
    expect((await browser.get(condition)).html).toContain('Bank letter');
  });

  it('ask for a waiver, and lead to who approves it', async () => {
    const condition = `/conditions/${await added()}`;
    const browser = await Browser.of(app, coalition.finance);
    const asked = await browser.submit(`${condition}/waiver`, { reason: 'It comes in spring' }, condition);
    expect(asked.location).toMatch(/^\/approvals\//);
    expect((await browser.get(asked.location!)).html).toContain('It comes in spring');
  });
});
