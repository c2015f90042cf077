import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runChecks } from '../../src/platform/verify/check.js';
import { reportingChecks } from '../../src/reporting/reporting.checks.js';
import type { SpendReportAnswer } from '../../src/reporting/spend-report.dto.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { refusal, reportedGrant, type TestReports } from '../support/report.js';

let app: TestApp;
let world: TestReports;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-01T09:00:00Z' });
  world = await reportedGrant(app, 'River Towns');
  await world.submit(1, '8500.00');
});
afterAll(() => app?.stop());

const comment = 'Nearly there.';
const atStory = { pointer: '/story', comment: 'How many young people came?' };
const page = () => world.address(1).replace('/api/v1', '');

describe('a report that is returned with comments at its fields', () => {
  it('refuses one at a field that it has not', async () => {
    const { backbone } = world.coalition;
    const wrong = { comment, fields: [atStory, { pointer: '/dueOn', comment: 'Why?' }] };
    expect(await refusal(backbone.post(world.address(1, 'return'), wrong))).toMatchObject({
      status: 422,
      pointers: ['/fields/1/pointer'],
    });
    expect((await world.read(1)).state).toBe('submitted');
  });

  it('carries each to its field, into the letter and beside the field of the form', async () => {
    const { backbone, partner } = world.coalition;
    const atGoal = { pointer: `/lines/${world.youth}`, comment: 'Is the bus in it?' };
    const fields = [atStory, atGoal];
    const returned = await backbone.must(
      backbone.post<SpendReportAnswer>(world.address(1, 'return'), { comment, fields }),
    );
    expect(returned.comments).toMatchObject([
      { ...atGoal, field: 'Somewhere to go', madeBy: backbone.name, doneAt: null },
      { ...atStory, field: 'Story', madeBy: backbone.name, doneAt: null },
    ]);
    const [mail] = await app.rows<{ text: string }>(
      `SELECT text_body AS text FROM mail_messages WHERE cause_kind = 'report.returned' AND cause_id = $1`,
      [returned.id],
    );
    expect(mail!.text).toContain('Story: “How many young people came?”');
    expect(mail!.text).toContain('Somewhere to go: “Is the bus in it?”');
    const { html } = await (await Browser.of(app, partner)).get(page());
    const story = html.indexOf('name="story"');
    expect(html.indexOf('How many young people came?')).toBeGreaterThan(html.indexOf('Is the bus in it?'));
    expect(html.indexOf('How many young people came?')).toBeLessThan(story);
  });

  it('has them done when it is submitted again, and keeps them', async () => {
    const { backbone, partner } = world.coalition;
    const again = await world.submit(1, '8400.00');
    expect(again.comments.map(({ doneAt }) => doneAt)).toEqual(Array(2).fill('2027-07-02T09:00:00.000Z'));
    const { html } = await (await Browser.of(app, backbone)).get(page());
    expect(html).toContain('How many young people came?');
    expect(html).toContain('done, submitted again');
    await backbone.must(
      backbone.post(world.address(1, 'return'), { comment, fields: [{ ...atStory, comment: 'And girls?' }] }),
    );
    const form = await (await Browser.of(app, partner)).get(page());
    expect(form.html).toContain('And girls?');
    expect(form.html).not.toContain('How many young people came?');
    expect((await world.read(1)).comments.map((one) => [one.comment, one.doneAt === null])).toEqual([
      ['Is the bus in it?', false],
      ['How many young people came?', false],
      ['And girls?', true],
    ]);
  });

  it('is returned from the page with what was written, and nothing of what was left empty', async () => {
    const { backbone } = world.coalition;
    await world.submit(1, '8300.00');
    const { version } = await world.read(1);
    const browser = await Browser.of(app, backbone);
    const sent = await browser.submit(
      `${page()}/return`,
      {
        ...{ version: String(version), comment },
        ...{ 'fields[0].pointer': `/lines/${world.school}`, 'fields[0].comment': '' },
        ...{ 'fields[1].pointer': '/learning', 'fields[1].comment': 'What did you learn?' },
      },
      page(),
    );
    expect(sent.status).toBe(303);
    const open = (await world.read(1)).comments.filter(({ doneAt }) => doneAt === null);
    expect(open).toMatchObject([{ pointer: '/learning', comment: 'What did you learn?' }]);
  });
});

it('leaves everything as reporting promises', async () => {
  const results = await runChecks(reportingChecks, (sql) => app.rows(sql));
  expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
});
