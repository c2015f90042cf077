import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Client, TestApp } from '../support/app.js';
import { award, foundCoalition, fund, pay, type TestCoalition } from '../support/coalition.js';
import { voter } from '../support/decisions.js';
import { choosePassword } from '../support/identity.js';
import { Phone } from '../support/phone.js';

const password = 'a long green river';
let app: TestApp;
let coalition: TestCoalition;
let phone: Phone;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-01T09:00:00Z' });
  coalition = await foundCoalition(app);
  await fund(coalition, '500000.00');
  await choosePassword(app, coalition.approver.id, password);
  await choosePassword(app, coalition.partner.id, password);
});
afterAll(() => app?.stop());
beforeEach(async () => {
  phone = await Phone.open(app);
}, 60_000);
afterEach(() => phone?.close());

const quarterly = {
  ...{ startOn: '2027-01-01', endOn: '2027-12-31', firstOn: '2027-01-04', everyMonths: 3 },
  ...{ equalInstalments: 4, reportingFrequency: 'quarterly' },
};

describe('on a phone', () => {
  it('an approver signs in, finds what waits in the inbox, and approves it', async () => {
    const { backbone, finance, approver } = coalition;
    const grantId = await award(coalition, { ...quarterly, amount: '4000.00' });
    await app.moveTo('2027-01-04T09:00:00Z');
    const { instalments } = await backbone.must(
      backbone.get<{ instalments: { id: string }[] }>(`/api/v1/grants/${grantId}`),
    );
    await finance.must(finance.post(`/api/v1/instalments/${instalments[0]!.id}/release`));

    const { page } = phone;
    await phone.signIn('/approvals', approver.email, password);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Approvals');
    expect(await phone.overflow()).toBe(0);
    // Not the way to all requests, but the request itself: ids begin with the time.
    await page.locator('a[href^="/approvals/0"]').first().click();
    await page.waitForURL(/\/approvals\/[\w-]{36}$/);
    expect(await phone.overflow()).toBe(0);
    await page.getByRole('button', { name: 'Approve £1,000.00 to Stream Youth Work' }).click();
    await page.getByText(/^Release £1,000\.00 to Stream Youth Work .*: approved\.$/).waitFor();
    await page.locator('.tb-empty-title', { hasText: 'Nothing waits for you' }).waitFor();

    const [payment] = await app.rows<{ state: string }>(
      `SELECT state FROM disbursements WHERE grant_id = $1`,
      [grantId],
    );
    expect(payment!.state).toBe('approved');
    expect(phone.complaints).toEqual([]);
  });

  it('a partner writes what was spent, is told what is amiss, mends it, and submits the report', async () => {
    const { backbone, partner, id } = coalition;
    await backbone.must(
      backbone.post(`/api/v1/coalitions/${id}/goals`, { name: 'Somewhere to go', horizonOn: '2031-12-31' }),
    );
    const grantId = await award(coalition, { ...quarterly, amount: '8000.00' });
    await app.moveTo('2027-01-04T09:00:00Z');
    await pay(coalition, grantId, 1, '2027-01-04');
    await app.moveTo('2027-05-05T09:00:00Z');
    const [report] = await app.rows<{ id: string }>(
      `SELECT id FROM spend_reports WHERE grant_id = $1 ORDER BY period_from LIMIT 1`,
      [grantId],
    );

    const { page } = phone;
    await phone.signIn(`/spend-reports/${report!.id}`, partner.email, password);
    expect(await phone.overflow()).toBe(0);
    const spent = page.getByLabel('Spent on Somewhere to go');
    await spent.fill('twelve');
    await page.getByLabel('What did the money make possible?').fill('Two evenings a week.');
    await page.getByLabel('What did you learn').fill('Ask the young people first.');
    await page.getByRole('button', { name: 'Submit the report' }).click();
    await page.locator('[aria-invalid="true"]').first().waitFor();
    expect(await spent.inputValue()).toBe('twelve');
    expect(await phone.overflow()).toBe(0);

    await spent.fill('1,250.5');
    await page.getByRole('button', { name: 'Submit the report' }).click();
    await page.getByText('Submitted by').first().waitFor();
    const [submitted] = await app.rows(
      `SELECT r.state, l.amount::text AS spent FROM spend_reports r JOIN spend_lines l ON l.spend_report_id = r.id WHERE r.id = $1`,
      [report!.id],
    );
    expect(submitted).toEqual({ state: 'submitted', spent: '125050' });
    expect(phone.complaints).toEqual([]);
  });
});

describe('a vote', () => {
  const words = 'A smaller pool would do.\nWe have not heard the neighbours.';

  it('is drafted by the backbone, who has none; is decided on phones, and keeps dissent in its words', async () => {
    const voting = await foundCoalition(app, 'Voting Towns');
    const { id, backbone, funder, north, south, stream } = voting;
    const yes = await voter(app, voting, 'Yes of Voting Towns', 'funder', south);
    const no = await voter(app, voting, 'No of Voting Towns', 'funder', south);
    const aside = await voter(app, voting, 'Treasurer of Voting Towns', 'funder', north);
    for (const person of [backbone, funder, yes, no, aside]) await choosePassword(app, person.id, password);
    const { page } = phone;
    const on = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
    const take = async (person: Client, path: string, size: keyof typeof on = 'phone') => {
      await page.setViewportSize(on[size]);
      await phone.signOut();
      await phone.signIn(path, person.email, password);
      expect(await phone.overflow()).toBe(0);
    };

    await take(backbone, `/coalitions/${id}/decisions/new`, 'wide');
    await page.getByLabel('Title').fill('A house for Stream');
    await page.getByLabel('The motion', { exact: true }).fill('That Stream is given a house.');
    await page.getByLabel('Organisation that it would benefit').selectOption(stream);
    await page.getByRole('button', { name: 'Keep as a draft' }).click();
    await page.getByRole('button', { name: 'Open the vote' }).click();
    // Who speaks for Stream does not vote: that was found by their seat.
    await page.getByText('0 of 4 people have voted.').waitFor();
    await page.getByText('Speaks for Stream Youth Work, which it concerns.').waitFor();
    expect(await page.getByRole('button', { name: 'Vote', exact: true }).count()).toBe(0);
    const motion = new URL(page.url()).pathname;

    for (const person of [funder, yes]) {
      await take(person, motion);
      await page.getByLabel('For', { exact: true }).check();
      await page.getByRole('button', { name: 'Vote', exact: true }).click();
      await page.getByText('Your vote is cast.').waitFor();
      expect(await phone.overflow()).toBe(0);
    }

    await take(no, motion);
    await page.getByLabel('Against', { exact: true }).check();
    await page.getByLabel('Dissent, in your own words').fill(words);
    await page.getByRole('button', { name: 'Vote', exact: true }).click();
    await page.locator('.tb-dissent', { hasText: 'We have not heard the neighbours.' }).waitFor();
    expect(await phone.overflow()).toBe(0);

    await take(aside, motion);
    await page.getByText('I have an interest in it').click();
    await page.getByLabel('What the interest is').fill('I keep the books of Stream.');
    await page.getByRole('button', { name: 'Step aside' }).click();
    await page.getByText('The conflict is recorded.').waitFor();
    expect(await page.getByRole('button', { name: 'Vote', exact: true }).count()).toBe(0);
    expect(await phone.overflow()).toBe(0);

    await take(backbone, motion, 'wide');
    await page.getByText('3 of 3 people have voted.').waitFor();
    await page.getByRole('button', { name: 'Close it: all have voted' }).click();
    await page.getByText('For reached more than half of the votes cast.').waitFor();
    await page.locator('.tb-tally', { hasText: /^For2/ }).waitFor();
    await page.locator('.tb-tally', { hasText: /^Against1/ }).waitFor();

    const csv = await page.getByRole('link', { name: 'Export CSV' }).getAttribute('href');
    const exported = await (await page.request.get(new URL(csv!, page.url()).href)).text();
    // Browsers send line ends as forms have them.
    expect(exported.replaceAll('\r\n', '\n')).toContain(`"${words}"`);
    expect(exported).toContain('I keep the books of Stream.');

    await take(no, `${motion}/record`);
    await page.locator('.tb-dissent, blockquote', { hasText: 'A smaller pool would do.' }).first().waitFor();
    await page.getByText('I keep the books of Stream.').first().waitFor();
    expect(phone.complaints).toEqual([]);
  });
});
