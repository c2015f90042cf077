import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RequirementAnswer } from '../../src/reporting/requirement.dto.js';
import type { SpendReportSummaryAnswer } from '../../src/reporting/spend-report.dto.js';
import type { Page } from '../../src/platform/http/list.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { reportingChecks } from '../../src/reporting/reporting.checks.js';
import { RequirementsService } from '../../src/reporting/requirements.service.js';
import { TestApp } from '../support/app.js';
import { award, foundCoalition, fund, type TestCoalition } from '../support/coalition.js';

interface Mail {
  to: string;
  subject: string;
  template: string;
}

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

/** A grant over 2027 that reports every quarter, 30 days after it. */
async function quarterly(change: object = {}): Promise<string> {
  const grantId = await award(coalition, {
    amount: '40000.00',
    startOn: '2027-01-01',
    endOn: '2027-12-31',
    firstOn: '2027-01-04',
    everyMonths: 3,
    equalInstalments: 4,
    reportingFrequency: 'quarterly',
    ...change,
  });
  await app.drain();
  return grantId;
}

const reportsOf = async (grantId: string): Promise<SpendReportSummaryAnswer[]> => {
  const path = `/api/v1/grants/${grantId}/spend-reports`;
  const { backbone } = coalition;
  return (await backbone.must(backbone.get<Page<SpendReportSummaryAnswer>>(path))).items;
};

const mails = (): Promise<Mail[]> =>
  app.rows<Mail>(
    `SELECT to_address AS to, subject, template FROM mail_messages
     WHERE coalition_id = $1 AND template LIKE 'reporting.%' ORDER BY id`,
    [coalition.id],
  );

const steps = (reportId: string): Promise<{ step: string; state: string; note: string | null }[]> =>
  app.rows(`SELECT period_key AS step, state, note FROM occurrences WHERE subject_id = $1 ORDER BY due_at`, [
    reportId,
  ]);

describe('an award', () => {
  it('brings the reporting along that was agreed, and nothing brings more', async () => {
    const grantId = await quarterly();
    const { partner, stream } = coalition;
    const path = `/api/v1/grants/${grantId}/requirement`;
    const requirement = await partner.must(partner.get<RequirementAnswer>(path));
    expect(requirement).toMatchObject({
      organisationId: stream,
      frequency: 'quarterly',
      firstPeriodFrom: '2027-01-01',
      lastPeriodTo: '2027-12-31',
      dueAfterDays: 30,
      ladder: [-21, -7, -1, 0, 3, 7],
      escalateAfterDays: 14,
      reports: 4,
    });
    const periods = (await reportsOf(grantId)).map((report) => [
      report.periodFrom,
      report.periodTo,
      report.dueOn,
      report.state,
    ]);
    expect(periods).toEqual([
      ['2027-01-01', '2027-03-31', '2027-04-30', 'draft'],
      ['2027-04-01', '2027-06-30', '2027-07-30', 'draft'],
      ['2027-07-01', '2027-09-30', '2027-10-30', 'draft'],
      ['2027-10-01', '2027-12-31', '2028-01-30', 'draft'],
    ]);
    const requirements = app.nest.get(RequirementsService);
    await app.as(coalition.backbone, (tx) => requirements.makeFor(tx, grantId));
    expect(await reportsOf(grantId)).toHaveLength(4);
    const planned = await app.rows(
      `SELECT 1 FROM occurrences WHERE kind = 'report.remind' AND coalition_id = $1`,
      [coalition.id],
    );
    expect(planned).toHaveLength(4 * 7);
  });
});

describe('reminders', () => {
  it('climb the ladder at eight in the morning of the coalition, one mail for each step', async () => {
    await quarterly();
    const { partner, backbone, funder } = coalition;
    type Mail = [at: string, to: string, subject: string];
    const overdue = (at: string): Mail[] =>
      [backbone, funder].map(({ email }) => [
        ...([at, email] as const),
        '14 days overdue: report of Stream Youth Work on Core support',
      ]);
    const climb: Mail[] = [
      // British summer time: eight o'clock is seven in UTC.
      ['2027-04-09T07:00:00Z', partner.email, 'Report on Core support due on 30 Apr 2027'],
      ['2027-04-23T07:00:00Z', partner.email, 'Report on Core support due on 30 Apr 2027'],
      ['2027-04-29T07:00:00Z', partner.email, 'Report on Core support due on 30 Apr 2027'],
      ['2027-04-30T07:00:00Z', partner.email, 'Report on Core support due on 30 Apr 2027'],
      ['2027-05-03T07:00:00Z', partner.email, 'Overdue since 30 Apr 2027: report on Core support'],
      ['2027-05-07T07:00:00Z', partner.email, 'Overdue since 30 Apr 2027: report on Core support'],
      ...overdue('2027-05-14T07:00:00Z'),
      ['2027-07-09T07:00:00Z', partner.email, 'Report on Core support due on 30 Jul 2027'],
      ['2027-07-23T07:00:00Z', partner.email, 'Report on Core support due on 30 Jul 2027'],
      ['2027-07-29T07:00:00Z', partner.email, 'Report on Core support due on 30 Jul 2027'],
      ['2027-07-30T07:00:00Z', partner.email, 'Report on Core support due on 30 Jul 2027'],
      ['2027-08-02T07:00:00Z', partner.email, 'Overdue since 30 Jul 2027: report on Core support'],
      ['2027-08-06T07:00:00Z', partner.email, 'Overdue since 30 Jul 2027: report on Core support'],
      ...overdue('2027-08-13T07:00:00Z'),
      ['2027-10-09T07:00:00Z', partner.email, 'Report on Core support due on 30 Oct 2027'],
      ['2027-10-23T07:00:00Z', partner.email, 'Report on Core support due on 30 Oct 2027'],
      ['2027-10-29T07:00:00Z', partner.email, 'Report on Core support due on 30 Oct 2027'],
      ['2027-10-30T07:00:00Z', partner.email, 'Report on Core support due on 30 Oct 2027'],
      // Winter time from 31 October.
      ['2027-11-02T08:00:00Z', partner.email, 'Overdue since 30 Oct 2027: report on Core support'],
      ['2027-11-06T08:00:00Z', partner.email, 'Overdue since 30 Oct 2027: report on Core support'],
      ...overdue('2027-11-13T08:00:00Z'),
      ['2028-01-09T08:00:00Z', partner.email, 'Report on Core support due on 30 Jan 2028'],
    ];
    for (const at of new Set(climb.map(([when]) => when))) {
      await app.moveTo(new Date(Date.parse(at) - 1_000).toISOString());
      expect(await mails()).toHaveLength(climb.filter(([when]) => when < at).length);
      await app.moveTo(at);
      await app.drain();
      expect(await mails()).toHaveLength(climb.filter(([when]) => when <= at).length);
    }
    expect((await mails()).map(({ to, subject }) => [to, subject])).toEqual(
      climb.map(([, to, subject]) => [to, subject]),
    );
  });

  it('come once after a pause: only the newest, and backbone and funders are told apart', async () => {
    const [report] = await reportsOf(await quarterly());
    await app.moveTo('2027-05-20T10:00:00Z');
    expect((await mails()).map(({ template }) => template).sort()).toEqual([
      ...['reporting.escalation', 'reporting.escalation'],
      'reporting.reminder',
    ]);
    const replaced = 'a later reminder replaces it (7 days after it is due)';
    expect(await steps(report!.id)).toEqual([
      ...['d-21', 'd-7', 'd-1', 'd0', 'd+3'].map((step) => ({ step, state: 'skipped', note: replaced })),
      { step: 'd+7', state: 'done', note: 'written to 1 person' },
      { step: 'escalate', state: 'done', note: 'written to 2 people' },
    ]);
    const [mail] = await app.rows<{ text: string }>(
      `SELECT text_body AS text FROM mail_messages WHERE coalition_id = $1 AND template = 'reporting.reminder'`,
      [coalition.id],
    );
    expect(mail!.text).toContain('due on 30 Apr 2027, 20 days ago');
  });

  it('go to whoever reports for the partner on that day, and to nobody else', async () => {
    const { id, partner, stream, hill } = coalition;
    const zora = await app.person(`Zora ${id}`);
    const hilda = await app.person(`Hilda ${id}`);
    await app.seat(zora, id, 'partner', stream);
    await app.seat(hilda, id, 'partner', hill);
    await quarterly();
    await app.moveTo('2027-04-09T07:00:00Z');
    expect((await mails()).map(({ to }) => to).sort()).toEqual([partner.email, zora.email].sort());
    await app.rows(`UPDATE memberships SET until_on = '2027-04-20' WHERE person_id = $1`, [partner.id]);
    await app.moveTo('2027-04-23T07:00:00Z');
    expect((await mails()).slice(2).map(({ to }) => to)).toEqual([zora.email]);
  });

  it('that find nobody say so, and the backbone hears it', async () => {
    const [report] = await reportsOf(await quarterly({ organisationId: coalition.hill }));
    await app.moveTo('2027-04-09T07:00:00Z');
    expect((await steps(report!.id))[0]).toEqual({
      step: 'd-21',
      state: 'skipped',
      note: 'nobody to write to: the partner has no people',
    });
    await app.moveTo('2027-05-14T07:00:00Z');
    const [escalation] = await app.rows<{ text: string }>(
      `SELECT text_body AS text FROM mail_messages WHERE cause_kind = 'report.remind' AND cause_id = $1`,
      [report!.id],
    );
    expect(escalation!.text).toContain('Nobody can be reminded: Hill Families has no people');
  });

  it('leave a grant alone that is not living any more', async () => {
    const grantId = await quarterly();
    const [report] = await reportsOf(grantId);
    await app.rows(`UPDATE grants SET state = 'closed' WHERE id = $1`, [grantId]);
    await app.moveTo('2027-04-09T07:00:00Z');
    expect((await steps(report!.id))[0]).toMatchObject({ state: 'skipped', note: 'the grant is closed' });
    expect(await mails()).toEqual([]);
  });
});

it('leaves everything as reporting promises', async () => {
  const results = await runChecks(reportingChecks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
});
