import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checks } from '../../src/checks.js';
import type { Page } from '../../src/platform/http/list.js';
import { runChecks } from '../../src/platform/verify/check.js';
import type { SpendReportAnswer, SpendReportSummaryAnswer } from '../../src/reporting/spend-report.dto.js';
import { TestApp } from '../support/app.js';
import { award, foundCoalition, fund, type Made, pay, type TestCoalition } from '../support/coalition.js';

const diaryFile = fileURLToPath(new URL('two-years-of-reporting.diary.txt', import.meta.url));

/**
 * Two years of a partner’s reporting on one grant, quarter by quarter: one report comes back with a comment, one is late
 * until the backbone and the funder are told, and the goal it is about is said anew half-way.
 */
let app: TestApp;
let coalition: TestCoalition;
let grantId: string;
let goalId: string;
let reports: SpendReportSummaryAnswer[];

beforeAll(async () => {
  app = await TestApp.start({ story: 'two years of reporting', now: '2026-12-01T09:00:00Z' });
});
afterAll(() => app?.stop());

const path = (number: number, step = '') =>
  `/api/v1/spend-reports/${reports[number - 1]!.id}${step && `/${step}`}`;
const read = (number: number) =>
  coalition.backbone.must(coalition.backbone.get<SpendReportAnswer>(path(number)));

/** Lets each thing happen on its day, until nine in the morning of a day. */
async function liveTo(on: string): Promise<void> {
  const end = `${on}T09:00:00Z`;
  for (;;) {
    const [next] = await app.rows<{ at: Date | null }>(
      `SELECT min(due_at) AS at FROM occurrences WHERE state = 'waiting' AND due_at > $1 AND due_at < $2`,
      [app.clock.now(), end],
    );
    await app.moveTo(next!.at?.toISOString() ?? end);
    if (next!.at === null) return;
  }
}

/** The partner says what was spent, and hands it in. */
async function report(
  number: number,
  on: string,
  spent: string,
  story = 'Two evenings a week.',
): Promise<void> {
  const { partner } = coalition;
  await liveTo(on);
  const { version } = await partner.must(partner.get<SpendReportAnswer>(path(number)));
  const lines = [{ goalId, amount: spent }];
  await partner.must(partner.patch(path(number), { lines, story }, version));
  await partner.must(partner.post(path(number, 'submit')));
}

async function review(
  number: number,
  on: string,
  verdict: 'accept' | 'return',
  body?: object,
): Promise<void> {
  const { backbone } = coalition;
  await liveTo(on);
  await backbone.must(backbone.post(path(number, verdict), body));
}

async function paid(instalment: number, on: string): Promise<void> {
  await liveTo(on);
  await pay(coalition, grantId, instalment, on);
}

/** What happened, a line for each day and matter: reports and goals as they were changed, letters as they were written. */
async function diary(): Promise<string> {
  const lines = await app.rows<{ day: string; what: string }>(
    `SELECT to_char(at AT TIME ZONE 'Europe/London', 'YYYY-MM-DD') AS day, what FROM (
       SELECT a.at, 1 AS place, 'Report ' || r.number || ' ' || regexp_replace(a.action, '^[^.]+\\.', '') || ' by ' || p.name AS what
       FROM audit_events a JOIN spend_reports r ON r.id = a.subject_id JOIN persons p ON p.id = a.person_id
       WHERE a.coalition_id = $1 AND a.action IN ('report.submitted', 'report.returned', 'report.accepted',
         'spendReport.submitted', 'spendReport.returned', 'spendReport.accepted')
       UNION ALL
       SELECT a.at, 1, 'Goal "' || (a.after ->> 'name') || '" ' || regexp_replace(a.action, '^[^.]+\\.', '') || coalesce(': ' || a.reason, '')
       FROM audit_events a WHERE a.coalition_id = $1 AND a.subject_kind = 'goal'
       UNION ALL
       SELECT m.created_at, 2, '  letter to ' || p.name || ': ' || m.subject
       FROM mail_messages m JOIN persons p ON p.id = m.person_id WHERE m.coalition_id = $1 AND m.template LIKE 'reporting.%'
     ) AS happened ORDER BY at, place, what`,
    [coalition.id],
  );
  return lines.map(({ day, what }) => `${day}  ${what}\n`).join('');
}

describe('two years of reporting', () => {
  it('begin with an award that says how often, and no more often', async () => {
    coalition = await foundCoalition(app, 'River Towns');
    const { id, backbone } = coalition;
    await fund(coalition, '60000.00');
    const goal = { name: 'Somewhere to go', horizonOn: '2031-12-31' };
    goalId = (await backbone.must(backbone.post<Made>(`/api/v1/coalitions/${id}/goals`, goal))).id;
    grantId = await award(coalition, {
      ...{ reference: 'RT-01', title: 'Youth evenings', amount: '40000.00' },
      ...{ startOn: '2027-01-01', endOn: '2028-12-31', firstOn: '2027-01-04' },
      ...{ everyMonths: 3, equalInstalments: 8, reportingFrequency: 'quarterly' },
    });
    await app.drain();
    reports = (
      await backbone.must(
        backbone.get<Page<SpendReportSummaryAnswer>>(`/api/v1/grants/${grantId}/spend-reports`),
      )
    ).items;
    expect(reports.map(({ periodTo }) => periodTo)).toEqual([
      ...['2027-03-31', '2027-06-30', '2027-09-30', '2027-12-31'],
      ...['2028-03-31', '2028-06-30', '2028-09-30', '2028-12-31'],
    ]);
  });

  it('have a first report in time, and a second that comes back with a comment', async () => {
    await paid(1, '2027-01-04');
    await paid(2, '2027-04-06');
    await report(1, '2027-04-12', '4200.00');
    await review(1, '2027-04-14', 'accept');
    await paid(3, '2027-07-06');
    await report(2, '2027-07-15', '5700.00', 'As before.');
    await review(2, '2027-07-19', 'return', { comment: 'Please tell what the second evening was for.' });
    expect((await read(2)).state).toBe('returned');
    await report(2, '2027-07-26', '5600.00', 'The second evening is for those who care for somebody.');
    await review(2, '2027-07-28', 'accept');
    const { opening, received, closing } = await read(2);
    expect([opening, received, closing].map((money) => money!.amount)).toEqual([
      '800.00',
      '5000.00',
      '200.00',
    ]);
  });

  it('have a third that is late until others are told, and is not asked for once it is there', async () => {
    await paid(4, '2027-10-05');
    await liveTo('2027-11-15');
    await report(3, '2027-11-16', '4900.00');
    await review(3, '2027-11-18', 'accept');
    const after = await app.rows(
      `SELECT 1 FROM mail_messages WHERE cause_id = $1 AND created_at > '2027-11-16T09:00:00Z' AND template <> 'reporting.returned'`,
      [reports[2]!.id],
    );
    expect(after).toEqual([]);
  });

  it('go on when the goal is said anew: what was reported stays under what it said then', async () => {
    const { backbone } = coalition;
    await report(4, '2028-01-10', '5000.00');
    await review(4, '2028-01-12', 'accept');
    const goal = await backbone.must(backbone.get<Made>(`/api/v1/goals/${goalId}`));
    const anew = { name: 'Somewhere safe to go', reason: 'The young people said what they miss.' };
    await backbone.must(backbone.patch(`/api/v1/goals/${goalId}`, anew, goal.version));
    const quarters = [
      ['2028-01-17', '2028-04-10', '2028-04-12'],
      ['2028-04-18', '2028-07-10', '2028-07-12'],
      ['2028-07-18', '2028-10-09', '2028-10-11'],
      ['2028-10-17', '2029-01-10', '2029-01-12'],
    ] as const;
    for (const [index, [paidOn, reportedOn, acceptedOn]] of quarters.entries()) {
      await paid(5 + index, paidOn);
      await report(5 + index, reportedOn, '5000.00');
      await review(5 + index, acceptedOn, 'accept');
    }
    const { items } = await backbone.must(
      backbone.get<{ items: { name: string }[] }>(`/api/v1/goals/${goalId}/versions`),
    );
    expect(items.map(({ name }) => name)).toEqual(['Somewhere safe to go', 'Somewhere to go']);
  });

  it('end with what was received, spent and left, to the cent', async () => {
    const last = await read(8);
    const all = await Promise.all(reports.map((_, index) => read(index + 1)));
    const total = (of: (one: SpendReportAnswer) => string) =>
      all.reduce((whole, one) => whole + BigInt(of(one).replace('.', '')), 0n);
    expect([total(({ received }) => received!.amount), total(({ spent }) => spent!.amount)]).toEqual([
      ...[4_000_000n, 3_970_000n],
    ]);
    expect(last.closing!.amount).toBe('300.00');
    const results = await runChecks(checks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  });

  it('read as a diary', async () => {
    const text = await diary();
    if (process.env.WRITE_STORIES) writeFileSync(diaryFile, text);
    expect(text).toBe(readFileSync(diaryFile, 'utf8'));
  });
});
