import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { award, foundCoalition, fund, pay, type TestCoalition } from '../support/coalition.js';
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
