import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page as List } from '../../src/platform/http/list.js';
import type { SpendReportAnswer, SpendReportSummaryAnswer } from '../../src/reporting/spend-report.dto.js';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { award, foundCoalition, fund, pay, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let grantId: string;
let reports: SpendReportSummaryAnswer[];
let goalId: string;
let partner: Browser;
let backbone: Browser;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-01T09:00:00Z' });
  coalition = await foundCoalition(app);
  await fund(coalition, '500000.00');
  const { id, backbone: bea } = coalition;
  const goal = { name: 'Somewhere to go', horizonOn: '2031-12-31' };
  goalId = (await bea.must(bea.post<{ id: string }>(`/api/v1/coalitions/${id}/goals`, goal))).id;
  grantId = await award(coalition, {
    ...{ amount: '40000.00', startOn: '2027-01-01', endOn: '2027-12-31' },
    ...{ firstOn: '2027-01-04', everyMonths: 3, equalInstalments: 4, reportingFrequency: 'quarterly' },
  });
  await app.moveTo('2027-01-04T09:00:00Z');
  await pay(coalition, grantId, 1, '2027-01-04');
  await app.moveTo('2027-05-05T09:00:00Z');
  const list = `/api/v1/grants/${grantId}/spend-reports`;
  reports = (await bea.must(bea.get<List<SpendReportSummaryAnswer>>(list))).items;
  partner = await Browser.of(app, coalition.partner);
  backbone = await Browser.of(app, bea);
});
afterAll(() => app?.stop());

const address = (number: number) => `/spend-reports/${reports[number - 1]!.id}`;
const read = (number: number) =>
  coalition.partner.must(coalition.partner.get<SpendReportAnswer>(`/api/v1${address(number)}`));

/** The fields of the form, as the page would send them. */
async function fields(change: Record<string, string> = {}): Promise<Record<string, string>> {
  const { version } = await read(1);
  return { version: String(version), 'lines[0].goalId': goalId, ...change };
}

describe('the board of reports', () => {
  it('shows who is late, and by how long, to those who oversee; and a partner its own', async () => {
    const { html } = await backbone.get(`/coalitions/${coalition.id}/reports`);
    expect(html).toContain('Stream Youth Work');
    expect(html).toContain('up to 5 days');
    expect((await partner.get(`/coalitions/${coalition.id}/reports`)).html).toContain(`href="${address(1)}"`);
    const hilda = await app.person('Hilda');
    await app.seat(hilda, coalition.id, 'partner', coalition.hill);
    const other = await Browser.of(app, hilda);
    const { html: empty } = await other.get(`/coalitions/${coalition.id}/reports`);
    expect(empty).toContain('No report is due');
    expect((await other.get(address(1))).status).toBe(404);
    expect((await other.get(`/grants/${grantId}/reports`)).status).toBe(404);
  });

  it('leads to the periods of a grant, with what was agreed', async () => {
    const { html } = await backbone.get(`/grants/${grantId}/reports`);
    expect(html).toContain(
      'Reports every quarter, by goal and never more often, due 30 days after the period. ' +
        'Reminders come 21, 7 and 1 days before that day, on it, and 3 and 7 days after; 14 days after, backbone and funders are told.',
    );
    for (const number of [1, 2, 3, 4]) expect(html).toContain(`href="${address(number)}"`);
  });
});

describe('the page of a report', () => {
  it('takes amounts as people type them, and works out the balance on saving', async () => {
    const saved = await partner.submit(
      address(1),
      await fields({ 'lines[0].amount': '1,250.5', 'lines[0].note': 'Two evenings', story: 'It began.' }),
    );
    expect([saved.status, saved.location]).toEqual([303, address(1)]);
    const { html } = await partner.get(address(1));
    expect(html).toContain('value="1,250.50"');
    expect(html).toContain('<output data-closing>£8,749.50</output>');
  });

  it('saves in passing, and answers with the version that the next save stands on', async () => {
    const passing = await partner.submit(
      `${address(1)}/autosave`,
      await fields({ story: 'More.' }),
      address(1),
    );
    expect(passing.status).toBe(200);
    const { version, story, lines } = await read(1);
    expect(passing.html).toContain(`name="version" value="${version}"`);
    expect(passing.html).toContain('Saved 5 May 2027, 10:00');
    // What stands in the form is all there is: the amount was emptied.
    expect([story, lines]).toEqual(['More.', []]);
    const stale = await partner.submit(
      `${address(1)}/autosave`,
      { ...(await fields({ story: 'Lost' })), version: String(version - 1) },
      address(1),
    );
    expect(stale.html).toContain('Not saved: Somebody changed the report meanwhile. Read it again.');
  });

  it('keeps what two people write in their own fields, and shows a clash to whoever comes second', async () => {
    const drawn = (html: string) =>
      Object.fromEntries(
        [...html.matchAll(/name="(seen\.[^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]),
      );
    const { html } = await partner.get(address(1));
    expect(html).toMatch(/Saved 5 May 2027, 10:00 by /);
    const seen = drawn(html);
    const base = await fields({ ...seen, story: 'More.' });
    const send = (change: Record<string, string>) =>
      partner.submit(`${address(1)}/autosave`, { ...base, ...change }, address(1));
    expect((await send({ learning: 'Ask first.' })).html).toContain('Saved');
    // Drawn before that: the learning stands empty in it, and is kept all the same.
    const other = await send({ 'lines[0].amount': '7', story: 'More, by somebody else.' });
    expect(other.html).toContain('beside what somebody else wrote');
    expect(await read(1)).toMatchObject({
      ...{
        story: 'More, by somebody else.',
        learning: 'Ask first.',
        lines: [{ amount: { amount: '7.00' } }],
      },
    });
    const clash = await send({ story: 'Mine.' });
    expect(clash.html).toContain('Not saved: Somebody else wrote here meanwhile: “More, by somebody else.”');
    expect(clash.html).toContain(`name="seen.story" value="${seen['seen.story']}"`);
    const shown = await partner.submit(address(1), { ...base, story: 'Mine.' }, address(1));
    expect(shown.html).toContain('Somebody else wrote here meanwhile');
    expect(shown.html).toContain('Mine.</textarea>');
    const again = { ...(await fields({ ...drawn(shown.html), story: 'Both.' })) };
    expect((await partner.submit(address(1), again, address(1))).status).toBe(303);
    expect((await read(1)).story).toBe('Both.');
    expect((await partner.submit(address(1), await fields({ story: 'More.' }))).status).toBe(303);
  });

  it('says beside the field what stands in the way of submitting, and loses nothing', async () => {
    const typed = { 'lines[0].amount': '10,000.01', story: 'It went well.' };
    const refused = await partner.submit(`${address(1)}/submit`, await fields(typed), address(1));
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('The report spends £0.01 more than was received');
    expect(refused.html).toContain('It went well.');
    expect(refused.html).toContain('value="10000.01"');
    const unread = await partner.submit(
      `${address(1)}/submit`,
      await fields({ ...typed, 'lines[0].amount': '1.250' }),
      address(1),
    );
    expect(unread.html).toContain('can be read in two ways');
  });

  it('offers to submit only when its time has come', async () => {
    const { html } = await partner.get(address(2));
    expect(html).toContain('You can write already. The period ends on 30 Jun 2027: submit it from then on.');
    expect(html).not.toContain('Submit the report</button>');
  });

  it('keeps a draft to its partner', async () => {
    const { html } = await backbone.get(address(1));
    expect(html).toContain('What Stream Youth Work writes here is its own until it submits the report.');
    expect(html).not.toContain('More.');
  });

  it('is submitted, returned with a comment on top, submitted again and accepted', async () => {
    const typed = { 'lines[0].amount': '9000', story: 'It went well.' };
    const submit = async () => partner.submit(`${address(1)}/submit`, await fields(typed), address(1));
    expect((await submit()).status).toBe(303);
    expect((await partner.get(address(1))).html).not.toContain('Save the draft');
    const version = async () => String((await read(1)).version);

    const wordless = await backbone.submit(`${address(1)}/return`, { version: await version() }, address(1));
    expect(wordless.status).toBe(422);
    const comment = 'How many young people?';
    await backbone.submit(`${address(1)}/return`, { version: await version(), comment }, address(1));
    const { html } = await partner.get(address(1));
    expect(html).toContain('Backbone of River Towns has returned this report');
    expect(html).toContain(comment);

    const seen = await version();
    expect((await submit()).status).toBe(303);
    const stale = await backbone.submit(`${address(1)}/accept`, { version: seen }, address(1));
    expect(stale.html).toContain('Somebody changed the report meanwhile.');
    const accepted = await backbone.submit(`${address(1)}/accept`, { version: await version() }, address(1));
    expect(accepted.status).toBe(303);
    expect((await backbone.get(address(1))).html).toContain('accepted it');
    expect((await read(1)).state).toBe('accepted');
  });
});
