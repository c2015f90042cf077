import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from '../../src/platform/http/list.js';
import type { Config } from '../../src/platform/config/config.js';
import { openApiDocument } from '../../src/platform/http/openapi.js';
import { CONFIG } from '../../src/platform/tokens.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { AmendedTerms } from '../../src/reporting/amended-terms.service.js';
import type { RequirementAnswer } from '../../src/reporting/requirement.dto.js';
import { reportingChecks } from '../../src/reporting/reporting.checks.js';
import type { SpendReportAnswer, SpendReportSummaryAnswer } from '../../src/reporting/spend-report.dto.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { award, foundCoalition, fund, pay, sign, type TestCoalition } from '../support/coalition.js';
import { gbp, refusal } from '../support/report.js';

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-01T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  app.clock.moveTo(new Date('2026-12-01T09:00:00Z'));
  coalitions += 1;
  coalition = await foundCoalition(app, `River Towns ${coalitions}`);
  await fund(coalition, '500000.00');
});

const terms = {
  ...{ amount: '40000.00', startOn: '2027-01-15', endOn: '2027-12-31', firstOn: '2027-01-18' },
  ...{ everyMonths: 3, equalInstalments: 4, reportingFrequency: 'quarterly' },
};

async function awarded(change: object): Promise<string> {
  const grantId = await award(coalition, { ...terms, ...change });
  await app.drain();
  return grantId;
}

async function reportsOf(grantId: string): Promise<SpendReportSummaryAnswer[]> {
  const { backbone } = coalition;
  const path = `/api/v1/grants/${grantId}/spend-reports`;
  return (await backbone.must(backbone.get<Page<SpendReportSummaryAnswer>>(path))).items;
}

const spans = async (grantId: string) =>
  (await reportsOf(grantId)).map(({ periodFrom, periodTo, dueOn, lateAfter }) => [
    periodFrom,
    periodTo,
    dueOn,
    lateAfter,
  ]);

describe('reporting as an award agreed it', () => {
  it('ends with the quarters of the calendar, is due in working days and late after its grace', async () => {
    const grantId = await awarded({
      ...{ reportingAlignment: 'calendar', reportingDueBy: 'workingDays', reportingDueAfterDays: 10 },
      reportingGraceDays: 5,
    });
    expect(await spans(grantId)).toEqual([
      ['2027-01-15', '2027-03-31', '2027-04-14', '2027-04-19'],
      ['2027-04-01', '2027-06-30', '2027-07-14', '2027-07-19'],
      ['2027-07-01', '2027-09-30', '2027-10-14', '2027-10-19'],
      ['2027-10-01', '2027-12-31', '2028-01-17', '2028-01-22'],
    ]);
    const { partner, backbone, id } = coalition;
    const requirement = await partner.must(
      partner.get<RequirementAnswer>(`/api/v1/grants/${grantId}/requirement`),
    );
    expect(requirement.terms).toEqual({
      ...{ alignedTo: 'calendar', dueBy: 'workingDays', graceDays: 5, setUpMonths: 0, days: [] },
    });
    const { html } = await (await Browser.of(app, partner)).get(`/grants/${grantId}/reports`);
    expect(html).toContain(
      'Reports every quarter of the calendar, by goal and never more often, due 10 working days after the period, ' +
        'and late 5 days after that. Reminders come 21, 7 and 1 days before that day, on it, and 3 and 7 days after its grace;',
    );
    const overdue = async () =>
      (
        await backbone.must(
          backbone.get<Page<SpendReportSummaryAnswer>>(`/api/v1/coalitions/${id}/spend-reports?overdue=true`),
        )
      ).items.map(({ daysLate }) => daysLate);
    await app.moveTo('2027-04-19T09:00:00Z');
    expect(await overdue()).toEqual([]);
    await app.moveTo('2027-04-20T09:00:00Z');
    expect(await overdue()).toEqual([6]);
    const sent = await app.rows<{ key: string }>(
      `SELECT cause_key AS key FROM mail_messages WHERE cause_kind = 'report.remind' AND coalition_id = $1 ORDER BY id`,
      [id],
    );
    expect(sent.map(({ key }) => key)).not.toContain('d+3');
    await app.moveTo('2027-04-22T09:00:00Z');
    const [late] = await app.rows<{ subject: string }>(
      `SELECT subject FROM mail_messages WHERE coalition_id = $1 AND cause_key = 'd+3'`,
      [id],
    );
    expect(late!.subject).toBe('Overdue since 14 Apr 2027: report on Core support');
  });

  it('is at milestones, due on the last working day of the month after, and follows a new end of the term', async () => {
    const reportingDays = [
      { on: '2027-04-30', name: 'Doors open' },
      { on: '2027-09-30', name: 'First year group' },
    ];
    const grantId = await awarded({
      ...{ reportingFrequency: 'milestone', reportingDays, reportingDueBy: 'lastWorkingDay' },
    });
    const milestones = [
      ['2027-01-15', '2027-04-30', '2027-05-28', '2027-05-28'],
      ['2027-05-01', '2027-09-30', '2027-10-29', '2027-10-29'],
    ];
    expect(await spans(grantId)).toEqual([
      ...milestones,
      ['2027-10-01', '2027-12-31', '2028-01-31', '2028-01-31'],
    ]);
    const { html } = await (await Browser.of(app, coalition.backbone)).get(`/grants/${grantId}`);
    expect(html).toContain(
      'At each milestone (Doors open on 30 Apr 2027 and First year group on 30 Sept 2027)',
    );
    await app.rows(`UPDATE grants SET end_on = '2028-02-15' WHERE id = $1`, [grantId]);
    await app.as(coalition.backbone, (tx) => app.nest.get(AmendedTerms).follow(tx, grantId));
    expect(await spans(grantId)).toEqual([
      ...milestones,
      ['2027-10-01', '2028-02-15', '2028-03-31', '2028-03-31'],
    ]);
  });

  it('asks for the report of a milestone once it is reached, and not before', async () => {
    const certificate = { event: 'documentReceived', subject: 'the building certificate' };
    const reportingDays = [
      { on: '2027-04-30', name: 'Doors open' },
      { name: 'The roof is on', after: certificate },
    ];
    const grantId = await awarded({
      reportingFrequency: 'milestone',
      reportingDays,
      reportingDueAfterDays: 30,
    });
    const opened = ['2027-01-15', '2027-04-30', '2027-05-30', '2027-05-30'];
    const before = [opened, ['2027-05-01', '2027-12-31', '2028-01-30', '2028-01-30']];
    expect(await spans(grantId)).toEqual(before);
    const { backbone, finance, partner } = coalition;
    const { terms: agreed } = await partner.must(
      partner.get<RequirementAnswer>(`/api/v1/grants/${grantId}/requirement`),
    );
    expect(agreed.days[1]).toMatchObject({
      ...{ on: null, name: 'The roof is on' },
      after: { event: 'documentReceived', text: 'the building certificate is received' },
    });
    const { html } = await (await Browser.of(app, backbone)).get(`/grants/${grantId}`);
    expect(html).toContain('The roof is on, once the building certificate is received');
    await app.moveTo('2027-08-12T09:00:00Z');
    const { id } = (
      await backbone.must(backbone.get<Page<{ id: string }>>(`/api/v1/grants/${grantId}/conditions`))
    ).items[0]!;
    await finance.must(
      finance.post(`/api/v1/conditions/${id}/meet`, { metOn: '2027-08-10', note: 'Filed under A-27' }),
    );
    await app.drain();
    const after = [
      opened,
      ['2027-05-01', '2027-08-10', '2027-09-09', '2027-09-09'],
      ['2027-08-11', '2027-12-31', '2028-01-30', '2028-01-30'],
    ];
    expect(await spans(grantId)).toEqual(after);
    const reminders = await app.rows<{ key: string; dueAt: Date }>(
      `SELECT period_key AS key, due_at AS "dueAt" FROM occurrences WHERE kind = 'report.remind' AND subject_id = $1 ORDER BY due_at`,
      [(await reportsOf(grantId))[1]!.id],
    );
    expect(reminders.map(({ key, dueAt }) => [key, dueAt.toISOString()]).slice(0, 2)).toEqual([
      ['d-21', '2027-08-19T07:00:00.000Z'],
      ['d-7', '2027-09-02T07:00:00.000Z'],
    ]);
    expect(reminders).toHaveLength(7);
    await app.as(backbone, (tx) => app.nest.get(AmendedTerms).follow(tx, grantId));
    expect(await spans(grantId)).toEqual(after);
  });

  it('asks for no report of a milestone that was set aside', async () => {
    const reportingDays = [
      { name: 'The roof is on', after: { event: 'documentReceived', subject: 'the building certificate' } },
    ];
    const grantId = await awarded({ reportingFrequency: 'milestone', reportingDays });
    const { backbone, finance } = coalition;
    const list = `/api/v1/grants/${grantId}/conditions`;
    const { id } = (await backbone.must(backbone.get<Page<{ id: string }>>(list))).items[0]!;
    const waiver = { reason: 'The roof was there.' };
    const asked = await finance.must(
      finance.post<{ waiverApprovalId: string }>(`/api/v1/conditions/${id}/waiver`, waiver),
    );
    await sign(coalition, asked.waiverApprovalId);
    await app.drain();
    expect((await backbone.must(backbone.get<Page<{ state: string }>>(list))).items[0]!.state).toBe('waived');
    expect((await spans(grantId)).map(([from, to]) => [from, to])).toEqual([['2027-01-15', '2027-12-31']]);
  });

  it('asks for nothing in the set-up phase, and loses nothing of it', async () => {
    const grantId = await awarded({ startOn: '2027-01-01', firstOn: '2027-01-04', reportingSetUpMonths: 6 });
    const [first] = await reportsOf(grantId);
    expect(first).toMatchObject({ number: 1, periodFrom: '2027-01-01', periodTo: '2027-09-30' });
    for (const [number, on] of [
      [1, '2027-01-04'],
      [2, '2027-04-06'],
      [3, '2027-07-05'],
    ] as const) {
      await app.moveTo(`${on}T09:00:00Z`);
      await pay(coalition, grantId, number, on);
    }
    const { partner } = coalition;
    expect(
      await partner.must(partner.get<SpendReportAnswer>(`/api/v1/spend-reports/${first!.id}`)),
    ).toMatchObject({
      ...{ opening: gbp('0.00'), received: gbp('30000.00'), closing: gbp('30000.00') },
    });
  });

  it.each([
    [{ reportingFrequency: 'ownDates' }, '/reportingDays'],
    [{ reportingDays: [{ on: '2027-06-30' }] }, '/reportingDays'],
    [{ reportingFrequency: 'milestone', reportingDays: [{ on: '2027-06-30' }] }, '/reportingDays/0/name'],
    [{ reportingFrequency: 'ownDates', reportingDays: [{ on: '2026-12-31' }] }, '/reportingDays/0/on'],
    [
      {
        reportingFrequency: 'ownDates',
        reportingDays: [{ after: { event: 'documentReceived', subject: 'x' } }],
      },
      '/reportingDays/0/after',
    ],
    [
      {
        reportingFrequency: 'milestone',
        reportingDays: [{ name: 'Roof', after: { event: 'documentReceived' } }],
      },
      '/reportingDays/0/after/subject',
    ],
    [
      {
        ...{ reportingFrequency: 'milestone' },
        reportingDays: [
          {
            on: '2027-06-30',
            name: 'Roof',
            after: { event: 'documentReceived', subject: 'the certificate' },
          },
        ],
      },
      '/reportingDays/0/on',
    ],
    [{ reportingFrequency: 'milestone', reportingDays: [{ name: 'Roof' }] }, '/reportingDays/0/on'],
    [{ reportingSetUpMonths: 12 }, '/reportingSetUpMonths'],
  ])('is refused as %j', async (change, pointer) => {
    const { backbone, poolId, stream } = coalition;
    const draft = {
      ...{ organisationId: stream, reference: 'G-1', title: 'Core support', mode: 'flexible' },
      ...{ ...terms, reportingDueAfterDays: 30, ...change },
    };
    expect(await refusal(backbone.post(`/api/v1/pools/${poolId}/grants`, draft))).toMatchObject({
      status: 422,
      pointers: [pointer],
    });
  });
});

describe('asking a partner for a report', () => {
  it('answers with the one that was agreed, and refuses one more, naming what was agreed', async () => {
    const grantId = await awarded({ startOn: '2027-01-01', firstOn: '2027-01-04' });
    const path = `/api/v1/grants/${grantId}/spend-reports`;
    const { backbone, funder, partner } = coalition;
    const agreed = { periodFrom: '2027-04-01', periodTo: '2027-06-30' };
    const [, second] = await reportsOf(grantId);
    expect(await funder.must(funder.post<SpendReportAnswer>(path, agreed))).toMatchObject({
      id: second!.id,
      story: null,
    });
    const monthly = { periodFrom: '2027-04-01', periodTo: '2027-04-30' };
    expect(await refusal(backbone.post(path, monthly))).toEqual({
      status: 422,
      detail:
        'The grant agreed to report every quarter, and never more often, so nobody can be asked for this. ' +
        'The report of that time is for 1 Apr 2027 – 30 Jun 2027.',
      pointers: ['/periodTo'],
    });
    expect((await partner.post(path, agreed)).status).toBe(403);
    expect(await reportsOf(grantId)).toHaveLength(4);
  });

  it('has nowhere to ask for line items: no schema of reporting has a field for them', async () => {
    const schemas = openApiDocument(app.nest, app.nest.get<Config>(CONFIG)).components!.schemas!;
    const ofReporting = Object.entries(schemas).filter(([name]) =>
      /SpendReport|SpendLine|Requirement|Cumulative|AskForReport|DraftGrant|ReportComment/.test(name),
    );
    expect(ofReporting.length).toBeGreaterThan(9);
    const words = ofReporting.flatMap(([, schema]) =>
      Object.keys((schema as { properties?: object }).properties ?? {}),
    );
    expect(words).toContain('lines');
    expect(words.filter((word) => /budget|item(?!s$)|category|costType|heading/i.test(word))).toEqual([]);
    const line = schemas.SpendLineInput as { properties: object };
    expect(Object.keys(line.properties)).toEqual(['goalId', 'amount', 'note']);
  });
});

it('leaves everything as reporting promises', async () => {
  const results = await runChecks(reportingChecks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
});
