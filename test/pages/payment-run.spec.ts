import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, TestApp } from '../support/app.js';
import { award, foundCoalition, fund, payFrom, type TestCoalition } from '../support/coalition.js';
import { choosePassword } from '../support/identity.js';
import { Phone } from '../support/phone.js';

const password = 'otter cedar kelp linden';
let app: TestApp;
let coalition: TestCoalition;
let phone: Phone;

async function approve(approvalId: string, by: Client): Promise<void> {
  const address = `/api/v1/approvals/${approvalId}`;
  const { contentHash } = await by.must(by.get<{ contentHash: string }>(address));
  await by.must(by.post(`${address}/approve`, { contentHash }));
}

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app);
  const { finance, approver, stream } = coalition;
  await payFrom(coalition, {
    accountName: 'River Towns Fund',
    iban: 'GB29 NWBK 6016 1331 9268 19',
    bic: 'NWBKGB2L',
  });
  const account = await finance.must(
    finance.post<{ approvalId: string }>(`/api/v1/organisations/${stream}/bank-accounts`, {
      ...{ accountName: 'Stream Youth Work', iban: 'BE68 5390 0754 7034', reason: 'By telephone' },
    }),
  );
  await approve(account.approvalId, approver);
  await fund(coalition, '40000.00');
  const grant = await award(coalition, {
    ...{ amount: '9000.00', firstOn: '2026-12-01', everyMonths: 12, equalInstalments: 1 },
  });
  await app.moveTo('2026-12-01T09:00:00Z');
  const { instalments } = await finance.must(
    finance.get<{ instalments: { id: string }[] }>(`/api/v1/grants/${grant}`),
  );
  const payment = await finance.must(
    finance.post<{ approvalId: string }>(`/api/v1/instalments/${instalments[0]!.id}/release`),
  );
  await approve(payment.approvalId, approver);
  await choosePassword(app, finance.id, password);
  phone = await Phone.open(app);
}, 180_000);
afterAll(async () => {
  await phone?.close();
  await app?.stop();
});

const send = () => phone.page.locator('form.tb-form .tb-form-submit button[type=submit]').first().click();
const heading = () => phone.page.locator('h1').innerText();

describe('a payment run on a phone', () => {
  it('gathers what is approved, shows its sum at each step, and hands out the file once released', async () => {
    const { finance, approver, id } = coalition;
    const { page } = phone;
    await phone.signIn(`/coalitions/${id}/payments`, finance.email, password);
    await page.getByRole('button', { name: 'Make a batch of the chosen' }).click();
    expect(await heading()).toBe('Batch 1 payment, £9,000.00');
    expect(await phone.overflow()).toBe(0);
    await send();
    await page.waitForURL(/\/payment-batches\/[^/]+$/);
    expect(await heading()).toBe('Batch 1: 1 payment, £9,000.00');
    expect(await phone.overflow()).toBe(0);

    const [batch] = await app.rows<{ approval: string }>(
      `SELECT approval_id AS approval FROM payment_batches`,
    );
    await page.getByRole('link', { name: 'The request' }).click();
    await page.waitForURL(/\/approvals\//);
    expect(await page.locator('main').innerText()).toContain('BE68 5390 0754 7034');
    expect(await phone.overflow()).toBe(0);
    await approve(batch!.approval, approver);
    await page.goBack();
    await page.reload();
    expect(await page.locator('main').innerText()).toContain('SHA-256');
    expect(await phone.overflow()).toBe(0);
    const link = page.getByRole('link', { name: 'pain.001.001.09.xml' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('batch-1-2026-12-01.pain.001.001.09.xml');
  });

  it('fits the screen on every page on the way', async () => {
    const { id, stream, poolId } = coalition;
    const addresses = [
      `/coalitions/${id}/payments`,
      `/coalitions/${id}/payments/batches`,
      `/coalitions/${id}/delegations`,
      `/organisations/${stream}/bank-accounts`,
      `/organisations/${stream}/bank-accounts/new`,
      `/pools/${poolId}/bank-account`,
      `/pools/${poolId}/edit`,
    ];
    for (const address of addresses) {
      const answer = await phone.page.goto(new URL(address, phone.page.url()).href);
      expect([address, answer?.status(), await phone.overflow()]).toEqual([address, 200, 0]);
    }
    expect(phone.complaints).toEqual([]);
  });
});
