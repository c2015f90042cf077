import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { definitionOf, reportKinds } from '../../src/finance-reports/definitions/report-definitions.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { foundCoalition, fund, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let finance: Browser;
let reports: string;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app, 'River Towns');
  await fund(coalition, '20000.00');
  finance = await Browser.of(app, coalition.finance);
  reports = `/pools/${coalition.poolId}/finance-reports`;
});
afterAll(() => app?.stop());

const subscribe = (fields: Record<string, string | string[]>) =>
  finance.submit(
    `/pools/${coalition.poolId}/subscriptions`,
    {
      kind: 'poolPosition',
      'formats[]': ['csv'],
      'recurrence.every': 'month',
      'recurrence.on': 'businessDay',
      'recurrence.day': '3',
      'recurrence.time': '08:00',
      'recurrence.timeZone': 'Europe/London',
      'recipientIds[]': [coalition.finance.id],
      ...fields,
    },
    `/pools/${coalition.poolId}/subscriptions/new`,
  );

const make = (fields: Record<string, string | string[]>) =>
  finance.submit(reports, { kind: 'poolPosition', 'formats[]': ['csv'], ...fields }, `${reports}/new`);

describe('the form for a report', () => {
  it('offers every report there is, with what it tells, and marks the one that was chosen', async () => {
    const { html } = await finance.get(`${reports}/new?kind=trialBalance`);
    for (const kind of reportKinds) expect(html).toContain(definitionOf(kind).summary);
    expect(html).toMatch(/value="trialBalance"[^>]*checked|checked[^>]*value="trialBalance"/);
    expect((await finance.get(reports)).html).toContain(`${reports}/new?kind=generalLedger`);
  });

  it('is asked for days of one’s own, by the day of recording, in another currency', async () => {
    const made = await make({
      ...{ kind: 'trialBalance', period: 'own', from: '2026-11-01', to: '2026-11-20', basis: 'recorded' },
      ...{ currency: 'EUR', 'rates[0].from': 'GBP', 'rates[0].rate': '1.2', 'rates[0].source': 'ECB' },
    });
    await app.drain();
    const { html } = await finance.get(made.location!);
    expect(html).toContain('1 Nov 2026 to 20 Nov 2026');
    expect(html).toContain('the day it was recorded');
    expect(html).toContain('1.2 EUR, says ECB');
    expect(html).toContain('Ties to the ledger');
  });

  it('keeps what was typed where a rate is missing, and names the field', async () => {
    const refused = await make({ currency: 'EUR' });
    expect(refused.status).toBe(422);
    expect(refused.html).toMatch(/id="field-rates-error">.*State how much EUR one GBP is/s);
    expect(refused.html).toContain('<details class="tb-more" open');
  });

  it('is asked for about some coalitions, and says where none was chosen', async () => {
    const other = await foundCoalition(app, 'Lake Towns');
    await fund(other, '500.00');
    await app.seat(coalition.finance, other.id, 'finance');
    expect((await finance.get(`${reports}/new`)).html).toContain('Lake Towns');
    const refused = await make({ scope: 'coalitions' });
    expect(refused.html).toMatch(/id="field-coalitionIds-error">.*Choose the coalitions/s);
    const made = await make({ scope: 'coalitions', 'coalitionIds[]': [coalition.id, other.id] });
    await app.drain();
    const { html } = await finance.get(made.location!);
    expect(html).toContain('Pool position, 2 coalitions');
    expect(html).toContain('£500.00');
  });

  it('makes a journal of a general ledger alone', async () => {
    const refused = await make({ 'formats[]': ['hledger'] });
    expect(refused.html).toMatch(/id="field-formats-error">.*Only a general ledger is written as a journal/s);
    const made = await make({ kind: 'generalLedger', 'formats[]': ['hledger'] });
    await app.drain();
    expect((await finance.get(made.location!)).html).toContain('.journal');
  });
});

describe('the page of a report', () => {
  it('shows its figures, its control totals and its hash, and is made again with the same hash', async () => {
    const made = await make({});
    expect(made.status).toBe(303);
    expect((await finance.get(made.location!)).html).toContain('It waits to be made');
    await app.drain();
    const { html } = await finance.get(made.location!);
    expect(html).toContain('£20,000.00');
    expect(html).toContain('Ties to the ledger');
    expect(html).toContain('North River Trust');
    const sha256 = /data-copy="([0-9a-f]{64})"/.exec(html)![1]!;
    app.clock.moveTo(new Date('2026-11-23T10:00:00Z'));
    await fund(coalition, '7.00');
    const again = await finance.submit(`${made.location}/again`, {}, made.location);
    await app.drain();
    const second = await finance.get(again.location!);
    expect(second.html).toContain('the same figures, the same SHA-256');
    expect(second.html).toContain(sha256);
    expect((await finance.get(reports)).html).toContain(`${sha256.slice(0, 12)}…`);
  });

  it('looks back only, and says so beside the field', async () => {
    const refused = await make({ asOfOn: '2027-01-01' });
    expect(refused.status).toBe(422);
    expect(refused.html).toMatch(/id="field-asOfOn-error">.*Choose a day that is not ahead/s);
  });

  it('is not there for partners, and cannot be made by observers', async () => {
    const partner = await Browser.of(app, coalition.partner);
    expect((await partner.get(reports)).status).toBe(403);
    const observer = await app.person('Olga Observer');
    await app.seat(observer, coalition.id, 'observer');
    const browser = await Browser.of(app, observer);
    const { status, html } = await browser.get(reports);
    expect([status, html.includes('Make the report')]).toEqual([200, false]);
    const board = `/coalitions/${coalition.id}/reports`;
    expect((await browser.get(board)).html).toContain(`href="${reports}"`);
    expect((await partner.get(board)).html).not.toContain(`href="${reports}"`);
  });
});

describe('the page of a subscription', () => {
  it('says when it comes round, and shows what went out', async () => {
    const made = await subscribe({});
    const { html } = await finance.get(made.location!);
    expect(html).toContain('on the 3rd business day of each month at 08:00, Europe/London');
    expect(html).toContain('6 Jan 2027, 08:00');
    await app.moveTo('2026-12-03T08:10:00Z');
    finance = await Browser.of(app, coalition.finance);
    const after = await finance.get(made.location!);
    expect(after.html).toMatch(/href="\/report-runs\/[^"]+"[^>]*>2026-12/);
    const run = /href="(\/report-runs\/[^"]+)"/.exec(after.html)![1]!;
    expect((await finance.get(run)).html).toContain(coalition.finance.email);
    await finance.submit(`${made.location}/pause`, {}, made.location);
    expect((await finance.get(made.location!)).html).toContain('Paused: these are skipped');
    await finance.submit(`${made.location}/end`, {}, made.location);
    expect((await finance.get(made.location!)).html).not.toContain('Comes round');
  });

  it('is refused without anybody to get it, at its field, with everything as it was typed', async () => {
    const refused = await subscribe({ 'recipientIds[]': [], 'recurrence.time': '07:45' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('id="field-recipientIds-error"');
    expect(refused.html).toContain('value="07:45"');
  });

  it('is changed by a form that shows the next dates first, and saves nothing for that', async () => {
    const address = (await subscribe({})).location!;
    const fields = {
      ...{ version: '1', 'recurrence.every': 'week', 'recurrence.on': 'weekday', 'recurrence.day': '' },
      ...{
        'recurrence.weekday': 'friday',
        'recurrence.time': '07:30',
        'recurrence.timeZone': 'Europe/London',
      },
      'recipientIds[]': [coalition.finance.id, coalition.funder.id],
    };
    const drawn = await finance.get(`${address}/edit`);
    expect(drawn.html).toMatch(/name="recurrence.day"[^>]*value="3"/);
    const shown = await finance.submit(`${address}/preview`, fields, `${address}/edit`);
    expect(shown.html).toContain('On the Friday of each week at 07:30, Europe/London');
    expect(shown.html).toContain('4 Dec 2026, 07:30');
    expect((await finance.get(address)).html).toContain('on the 3rd business day');
    const changed = await finance.submit(address, fields, `${address}/edit`);
    expect([changed.status, changed.location]).toEqual([303, address]);
    const { html } = await finance.get(address);
    expect(html).toContain('on the Friday of each week at 07:30');
    expect(html).toContain(coalition.funder.email);
    const stale = await finance.submit(address, fields, `${address}/edit`);
    expect(stale.html).toContain('Somebody changed the subscription meanwhile');
  });

  it('whose rule is changed within its period runs by the new rule, once', async () => {
    app.clock.moveTo(new Date('2027-02-01T00:00:00Z'));
    finance = await Browser.of(app, coalition.finance);
    const made = await subscribe({});
    const id = made.location!.split('/').at(-1)!;
    const recurrence = {
      ...{ every: 'month', on: 'businessDay', day: 5, time: '08:00' },
      timeZone: 'Europe/London',
    };
    await coalition.finance.must(coalition.finance.patch(`/api/v1/subscriptions/${id}`, { recurrence }, 1));
    await app.moveTo('2027-02-28T00:00:00Z');
    const runs = await app.rows<{ asOf: string }>(
      `SELECT to_char(as_of AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS "asOf" FROM report_runs WHERE subscription_id = $1`,
      [id],
    );
    expect(runs).toEqual([{ asOf: '2027-02-05 08:00' }]);
  });
});
