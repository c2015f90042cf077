import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from '../../src/platform/http/list.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { reportingChecks } from '../../src/reporting/reporting.checks.js';
import type { SpendReportAnswer, SpendReportSummaryAnswer } from '../../src/reporting/spend-report.dto.js';
import { type Client, TestApp } from '../support/app.js';
import {
  award,
  foundCoalition,
  fund,
  pay,
  type ProblemBody,
  type TestCoalition,
} from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let grantId: string;
let reports: SpendReportSummaryAnswer[];
let school: string;
let youth: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-01T09:00:00Z' });
});
afterAll(() => app?.stop());

/** A grant of £40,000.00 over 2027 in quarters; the first is paid on 4 January, the second on 6 April. */
beforeEach(async () => {
  app.clock.moveTo(new Date('2026-12-01T09:00:00Z'));
  coalitions += 1;
  coalition = await foundCoalition(app, `River Towns ${coalitions}`);
  await fund(coalition, '500000.00');
  const { id, backbone } = coalition;
  const goal = async (name: string) =>
    (
      await backbone.must(
        backbone.post<{ id: string }>(`/api/v1/coalitions/${id}/goals`, { name, horizonOn: '2031-12-31' }),
      )
    ).id;
  [school, youth] = [await goal('Ready for school'), await goal('Somewhere to go')];
  grantId = await award(coalition, {
    ...{ amount: '40000.00', startOn: '2027-01-01', endOn: '2027-12-31' },
    ...{ firstOn: '2027-01-04', everyMonths: 3, equalInstalments: 4, reportingFrequency: 'quarterly' },
  });
  await app.moveTo('2027-01-04T09:00:00Z');
  await pay(coalition, grantId, 1, '2027-01-04');
  await app.moveTo('2027-04-06T09:00:00Z');
  await pay(coalition, grantId, 2, '2027-04-06');
  const path = `/api/v1/grants/${grantId}/spend-reports`;
  reports = (await backbone.must(backbone.get<Page<SpendReportSummaryAnswer>>(path))).items;
});

const address = (number: number, step = '') =>
  `/api/v1/spend-reports/${reports[number - 1]!.id}${step && `/${step}`}`;
const read = (number: number, by = coalition.partner) => by.must(by.get<SpendReportAnswer>(address(number)));
const gbp = (amount: string) => ({ amount, currency: 'GBP' });

async function save(number: number, body: object): Promise<SpendReportAnswer> {
  const { version } = await read(number);
  const { partner } = coalition;
  return partner.must(partner.patch<SpendReportAnswer>(address(number), body, version));
}

async function submit(number: number, spent: string): Promise<SpendReportAnswer> {
  await save(number, { lines: [{ goalId: youth, amount: spent }], story: 'Two new evenings a week.' });
  const { partner } = coalition;
  return partner.must(partner.post<SpendReportAnswer>(address(number, 'submit')));
}

const accept = (number: number, by = coalition.backbone) =>
  by.must(by.post<SpendReportAnswer>(address(number, 'accept')));

async function refusal(sent: Promise<{ status: number; body: unknown }>) {
  const { status, body } = await sent;
  const { detail, errors } = body as ProblemBody;
  return { status, detail, pointers: errors.map(({ pointer }) => pointer) };
}

describe('a spend report', () => {
  it('is filled in as far as it can be, and asks for goals and nothing finer', async () => {
    const report = await read(1);
    expect(report).toMatchObject({
      state: 'draft',
      opening: gbp('0.00'),
      received: gbp('10000.00'),
      spent: gbp('0.00'),
      closing: gbp('10000.00'),
      goals: [
        { id: school, name: 'Ready for school' },
        { id: youth, name: 'Somewhere to go' },
      ],
      lines: [],
    });
    expect(report.payments).toMatchObject([{ paidOn: '2027-01-04', amount: gbp('10000.00') }]);
    // The second follows the first: what it opens with is not known yet, what was paid in its period is.
    expect(await read(2)).toMatchObject({ opening: null, received: gbp('10000.00'), closing: null });
  });

  it('is saved as often as one likes, over the version that was read', async () => {
    const saved = await save(1, {
      lines: [
        { goalId: school, amount: '1250.50', note: 'Story time in four libraries' },
        { goalId: youth, amount: '3000.00' },
      ],
      story: 'It began.',
    });
    expect(saved).toMatchObject({ spent: gbp('4250.50'), closing: gbp('5749.50'), story: 'It began.' });
    const again = await save(1, { lines: [{ goalId: youth, amount: '10.00' }], learning: 'Buses matter.' });
    expect(again.lines).toEqual([{ goalId: youth, goal: 'Somewhere to go', amount: gbp('10.00'), note: '' }]);
    expect(again).toMatchObject({ story: 'It began.', learning: 'Buses matter.' });
    const { partner } = coalition;
    expect((await partner.patch(address(1), { story: 'Lost' }, saved.version)).status).toBe(412);
    expect((await partner.send({ method: 'PATCH', url: address(1), payload: {} })).status).toBe(428);
  });

  it('is about the goals of the grant, where it names some', async () => {
    await app.rows(`INSERT INTO grant_goals (coalition_id, grant_id, goal_id) VALUES ($1, $2, $3)`, [
      coalition.id,
      grantId,
      school,
    ]);
    expect((await read(1)).goals).toEqual([{ id: school, name: 'Ready for school' }]);
    const { partner } = coalition;
    const { version } = await read(1);
    const lines = [
      { goalId: school, amount: '1.00' },
      { goalId: youth, amount: '1.00' },
    ];
    expect(await refusal(partner.patch(address(1), { lines }, version))).toMatchObject({
      status: 422,
      pointers: ['/lines/1/goalId'],
    });
  });

  it.each([
    ['a fraction of a penny', () => [{ goalId: school, amount: '1.001' }], 422, '/lines/0/amount'],
    ['less than nothing', () => [{ goalId: school, amount: '-5.00' }], 400, '/lines/0/amount'],
    ['a goal twice', () => [{ goalId: school }, { goalId: school }], 422, '/lines/1/goalId'],
    ['a line item', () => [{ goalId: school, item: 'Pens', amount: '5.00' }], 400, '/lines/0/item'],
  ])('refuses %s', async (_, lines, status, pointer) => {
    const { partner } = coalition;
    const { version } = await read(1);
    const refused = await refusal(partner.patch(address(1), { lines: lines() }, version));
    expect(refused).toMatchObject({ status, pointers: [pointer] });
  });
});

describe('submitting a report', () => {
  it('freezes its figures, and carries the balance into the next', async () => {
    expect(await submit(1, '8500.00')).toMatchObject({
      state: 'submitted',
      ...{ opening: gbp('0.00'), received: gbp('10000.00'), spent: gbp('8500.00'), closing: gbp('1500.00') },
      submittedBy: coalition.partner.name,
    });
    const { partner } = coalition;
    expect(await refusal(partner.patch(address(1), { story: 'More' }, 3))).toMatchObject({
      status: 409,
      detail: 'A report that is submitted cannot be changed. It can be returned or accepted.',
    });
    expect(await read(2)).toMatchObject({ opening: gbp('1500.00'), received: gbp('10000.00') });
    await accept(1);
    await app.moveTo('2027-07-02T09:00:00Z');
    expect(await submit(2, '11500.00')).toMatchObject({ opening: gbp('1500.00'), closing: gbp('0.00') });
  });

  it('counts every payment once, also one that was recorded after its period was reported', async () => {
    await submit(1, '0.00');
    await app.rows(
      `UPDATE disbursements SET paid_on = '2027-03-30' WHERE grant_id = $1 AND paid_on = '2027-04-06'`,
      [grantId],
    );
    const second = await read(2);
    expect(second.payments.map(({ paidOn }) => paidOn)).toEqual(['2027-03-30']);
    expect((await read(1)).payments.map(({ paidOn }) => paidOn)).toEqual(['2027-01-04']);
  });

  it('is refused before the period is over, out of turn, without a story, and with too much spent', async () => {
    const { partner } = coalition;
    expect(await refusal(partner.post(address(2, 'submit')))).toMatchObject({
      status: 422,
      detail: 'The period ends on 30 Jun 2027: submit it from then on.',
    });
    await app.moveTo('2027-06-30T09:00:00Z');
    expect(await refusal(partner.post(address(2, 'submit')))).toMatchObject({
      status: 422,
      detail:
        'Submit the report for 1 Jan 2027 – 31 Mar 2027 first: this one opens with what that one closes with.',
    });
    await save(1, { lines: [{ goalId: school, amount: '11200.00' }] });
    expect(await refusal(partner.post(address(1, 'submit')))).toEqual({
      status: 422,
      detail:
        'The report spends £1,200.00 more than was received: £11,200.00 of £0.00 carried over and £10,000.00 received. Lower the amounts.',
      pointers: ['/lines'],
    });
    await save(1, { lines: [] });
    expect(await refusal(partner.post(address(1, 'submit')))).toMatchObject({
      status: 422,
      pointers: ['/story'],
    });
  });

  it('ends its reminders', async () => {
    await app.moveTo('2027-04-09T07:00:00Z');
    await submit(1, '100.00');
    await app.moveTo('2027-06-01T09:00:00Z');
    const reminders = await app.rows<{ key: string }>(
      `SELECT cause_key AS key FROM mail_messages WHERE cause_kind = 'report.remind' AND cause_id = $1`,
      [reports[0]!.id],
    );
    expect(reminders).toEqual([{ key: 'd-21' }]);
    const steps = await app.rows<{ state: string; note: string }>(
      `SELECT state, note FROM occurrences WHERE subject_id = $1 ORDER BY due_at OFFSET 1`,
      [reports[0]!.id],
    );
    expect(steps).toEqual(Array(6).fill({ state: 'skipped', note: 'the report was submitted' }));
  });
});

describe('reviewing a report', () => {
  it('returns it with a comment, that the partner reads by mail and on the report; then accepts it', async () => {
    const { backbone, partner } = coalition;
    await submit(1, '8500.00');
    const comment = 'Please say more about the second goal.';
    const returned = await backbone.must(backbone.post<SpendReportAnswer>(address(1, 'return'), { comment }));
    expect(returned).toMatchObject({ state: 'returned', reviewComment: comment, reviewedBy: backbone.name });
    expect((await read(1)).reviewComment).toBe(comment);
    const [mail] = await app.rows<{ to: string; text: string }>(
      `SELECT to_address AS to, text_body AS text FROM mail_messages WHERE cause_kind = 'report.returned' AND cause_id = $1`,
      [reports[0]!.id],
    );
    expect(mail).toMatchObject({ to: partner.email, text: expect.stringContaining(`“${comment}”`) });
    await app.moveTo('2027-04-13T07:00:00Z');
    const again = await app.rows<{ subject: string }>(
      `SELECT subject FROM mail_messages WHERE cause_kind = 'report.remind' AND cause_id = $1`,
      [reports[0]!.id],
    );
    expect(again).toEqual([{ subject: 'Still to be changed: report on Core support' }]);

    expect(await submit(1, '9000.00')).toMatchObject({ state: 'submitted', reviewComment: null });
    expect(await accept(1)).toMatchObject({ state: 'accepted', closing: gbp('1000.00') });
    expect(await refusal(backbone.post(address(1, 'return'), { comment }))).toMatchObject({
      status: 409,
      detail: 'A report that is accepted cannot be returned. It stays so.',
    });
  });

  it('is for somebody else than who submitted it, by the rule and by the database', async () => {
    const { id, backbone, partner, stream } = coalition;
    await app.seat(backbone, id, 'partner', stream);
    const { version } = await read(1);
    await backbone.must(backbone.patch(address(1), { story: 'We did.' }, version));
    await backbone.must(backbone.post(address(1, 'submit')));
    for (const [step, body] of [['accept'], ['return', { comment: 'Fine' }]] as const) {
      expect(await refusal(backbone.post(address(1, step), body))).toMatchObject({
        status: 403,
        detail: 'You submitted this report, so somebody else must review it.',
      });
    }
    expect((await partner.post(address(1, 'accept'))).status).toBe(403);
    await expect(
      app.rows(
        `UPDATE spend_reports SET state = 'accepted', reviewed_by = submitted_by, reviewed_at = now() WHERE id = $1`,
        [reports[0]!.id],
      ),
    ).rejects.toThrow('spend_reports_reviewer_is_not_author');
  });

  it('goes from the first to the last when accepting, and back when returning', async () => {
    const { backbone } = coalition;
    await app.moveTo('2027-07-02T09:00:00Z');
    await submit(1, '8500.00');
    await submit(2, '100.00');
    expect(await refusal(backbone.post(address(2, 'accept')))).toMatchObject({
      status: 409,
      detail:
        'The report for 1 Jan 2027 – 31 Mar 2027 is submitted. Accept that one first: this one opens with its closing balance.',
    });
    expect(await refusal(backbone.post(address(1, 'return'), { comment: 'Why?' }))).toMatchObject({
      status: 409,
      detail:
        'The report for 1 Apr 2027 – 30 Jun 2027 is submitted, and opens with this one’s closing balance. Return that one first.',
    });
    expect((await backbone.post(address(1, 'return'), { comment: ' ' })).status).toBe(400);
    await accept(1);
    await accept(2);
    const byGoal = `/api/v1/coalitions/${coalition.id}/spend-by-goal`;
    expect(await backbone.must(backbone.get(byGoal))).toEqual({
      items: [{ goalId: youth, goal: 'Somewhere to go', spent: gbp('8600.00') }],
      nextCursor: null,
      total: 1,
    });
    expect((await coalition.partner.get(byGoal)).status).toBe(403);
  });
});

describe('who sees a report', () => {
  it('is its partner, and those who oversee the coalition; nobody else knows of it', async () => {
    const { id, funder, hill, backbone } = coalition;
    const other = await app.person(`Other partner ${id}`);
    await app.seat(other, id, 'partner', hill);
    const stranger = (await foundCoalition(app, `Elsewhere ${coalitions}`)).backbone;
    const list = `/api/v1/coalitions/${id}/spend-reports`;
    expect((await read(1, funder)).received).toEqual(gbp('10000.00'));
    for (const nobody of [other, stranger]) {
      expect((await nobody.get(address(1))).status).toBe(404);
      expect((await nobody.post(address(1, 'submit'))).status).toBe(404);
      expect((await nobody.get(`/api/v1/grants/${grantId}/spend-reports`)).status).toBe(404);
      expect((await nobody.get(`/api/v1/grants/${grantId}/requirement`)).status).toBe(404);
    }
    expect((await stranger.get(list)).status).toBe(404);
    const count = async (by: Client, query = '') =>
      (await by.must(by.get<Page<SpendReportSummaryAnswer>>(list + query))).total;
    expect(await count(backbone)).toBe(4);
    expect(await count(other)).toBe(0);
    expect((await funder.patch(address(1), { story: 'Ours' }, 1)).status).toBe(403);
    await app.moveTo('2027-05-10T09:00:00Z');
    expect(await count(backbone, '?overdue=true')).toBe(1);
    const { items } = await backbone.must(
      backbone.get<Page<SpendReportSummaryAnswer>>(`${list}?overdue=true`),
    );
    expect(items[0]).toMatchObject({ periodFrom: '2027-01-01', daysLate: 10 });
    expect(await count(backbone, '?state=submitted')).toBe(0);
  });
});

it('leaves everything as reporting promises', async () => {
  const results = await runChecks(reportingChecks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  // Corrections, comments at fields, readings and attachments have specs of their own.
  expect(
    results.filter(({ examined }) => examined === 0).map(({ rule }) => rule.split(' ', 6).join(' ')),
  ).toEqual([
    'every report that was superseded has',
    'what was asked for at a',
    'what a report that counts says',
    'every reading that came in a',
    'what is attached to a report',
  ]);
});
