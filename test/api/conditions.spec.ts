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

describe('a condition that money is about to wait for', () => {
  const letters = (id: string) =>
    app.rows<{ to: string; subject: string; text: string; state: string }>(
      `SELECT to_address AS to, subject, text_body AS text, state FROM mail_messages
       WHERE cause_kind = 'condition.remind' AND $1 = ANY (about) ORDER BY created_at, to_address`,
      [id],
    );
  const steps = (id: string) =>
    app.rows<{ step: string; state: string; note: string }>(
      `SELECT period_key AS step, state, note FROM occurrences WHERE kind = 'condition.remind' AND subject_id = $1
       ORDER BY due_at`,
      [id],
    );

  it('is told to the grantee and the backbone 30, 7 and 1 days before, and after, until it is met', async () => {
    const { partner, backbone } = coalition;
    const id = await added();
    for (const [day, subject] of [
      ['2026-12-01', 'From 31 Dec 2026 £1,000.00 of G-N waits until the signed agreement is received'],
      ['2026-12-24', 'From 31 Dec 2026 £1,000.00 of G-N waits until the signed agreement is received'],
      ['2026-12-30', 'From 31 Dec 2026 £1,000.00 of G-N waits until the signed agreement is received'],
      ['2027-01-03', '£1,000.00 of G-N waits until the signed agreement is received'],
    ] as const) {
      const before = (await letters(id)).length;
      await app.moveTo(`${day}T07:59:00Z`);
      expect(await letters(id)).toHaveLength(before);
      await app.moveTo(`${day}T08:00:00Z`);
      const told = (await letters(id)).slice(before);
      expect(told.map(({ to }) => to)).toEqual([backbone.email, partner.email]);
      expect(told[0]!.subject.replace(/G-\d+/, 'G-N')).toBe(subject);
      expect(told[0]!.text).toContain(`/conditions/${id}`);
    }
    await coalition.finance.must(meet(id));
    expect(new Set((await letters(id)).map(({ state }) => state))).toEqual(new Set(['withdrawn']));
    await app.moveTo('2027-01-20T08:00:00Z');
    expect(await letters(id)).toHaveLength(8);
    expect((await steps(id)).at(-1)).toEqual({
      ...{ step: '2026-12-31 d+14', state: 'skipped', note: 'The condition has ended.' },
    });
    await allHold();
  });

  it('is one of several in one letter', async () => {
    const ids = [await added(), await added({ subject: 'the audit' })];
    await app.moveTo('2026-12-01T08:00:00Z');
    for (const id of ids) expect(await letters(id)).toHaveLength(2);
    const [letter] = await letters(ids[0]!);
    expect(letter!.subject).toBe(
      `Conditional Towns ${coalitions}: payments wait for 2 conditions, or will soon`,
    );
    expect(letter!.text).toContain('the audit is received');
    await coalition.finance.must(meet(ids[0]!));
    expect((await letters(ids[1]!)).map(({ state }) => state)).toEqual(['queued', 'queued']);
    await coalition.finance.must(meet(ids[1]!));
    expect((await letters(ids[1]!)).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
    await allHold();
  });

  it('is told by the day that the plan has now', async () => {
    const { backbone } = coalition;
    const id = await added();
    const instalments = ['2027-03-31', '2028-03-31'].map((dueOn) => ({ dueOn, amount: '1000.00' }));
    const later = await backbone.must(
      backbone.post<{ approvalId: string }>(`/api/v1/grants/${grantId}/amendments`, {
        ...{ kind: 'reschedule', reason: 'The work begins later', instalments },
      }),
    );
    await sign(coalition, later.approvalId);
    await app.moveTo('2027-03-01T08:00:00Z');
    expect((await steps(id)).filter(({ state }) => state === 'done').map(({ step }) => step)).toEqual([
      '2027-03-31 d-30',
    ]);
    expect(
      (await steps(id)).filter(({ note }) => note?.startsWith('money waits for it from another day')),
    ).toHaveLength(5);
  });

  it('of a grant that is not awarded yet is told of from the award on', async () => {
    const { backbone, approver, poolId, stream } = coalition;
    const draft = await backbone.must(
      backbone.post<{ id: string }>(`/api/v1/pools/${poolId}/grants`, {
        ...{ organisationId: stream, reference: `D-${coalitions}`, title: 'More of it', mode: 'flexible' },
        ...{
          startOn: '2026-12-01',
          endOn: '2027-11-30',
          reportingFrequency: 'yearly',
          reportingDueAfterDays: 30,
        },
        ...{ amount: '500.00', firstOn: '2027-02-26', everyMonths: 12, equalInstalments: 1 },
      }),
    );
    const { id } = await backbone.must(add({ appliesFrom: '2027-01-01' }, draft.id));
    expect(await steps(id)).toEqual([]);
    await backbone.must(backbone.post(`/api/v1/grants/${draft.id}/propose`));
    await approver.must(approver.post(`/api/v1/grants/${draft.id}/award`, { decisionReference: 'Minute 1' }));
    expect((await steps(id))[0]!.step).toBe('2027-02-26 d-30');
  });

  it('by its day alone is told to nobody: the day comes by itself', async () => {
    const id = await added({ kind: 'date', subject: undefined, onDay: '2027-02-01' });
    await app.moveTo('2027-02-02T09:00:00Z');
    expect(await steps(id)).toEqual([]);
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
