import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { award, foundCoalition, fund, type TestCoalition } from '../support/coalition.js';
import { choosePassword } from '../support/identity.js';
import { Phone } from '../support/phone.js';

const password = 'otter cedar kelp linden';
let app: TestApp;
let coalition: TestCoalition;
let phone: Phone;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app);
  await fund(coalition, '40000.00');
  await award(coalition, { amount: '24000.00', firstOn: '2026-12-01', everyMonths: 12, equalInstalments: 2 });
  await app.moveTo('2026-12-01T09:00:00Z');
  await choosePassword(app, coalition.finance.id, password);
  phone = await Phone.open(app);
}, 180_000);
afterAll(async () => {
  await phone?.close();
  await app?.stop();
});

describe('a finance officer with a phone', () => {
  it('finds every section of the coalition, and none is wider than the screen', async () => {
    const { finance, id } = coalition;
    await phone.signIn(`/coalitions/${id}`, finance.email, password);
    for (const section of ['overview', 'pool', 'grants', 'payments', 'goals', 'reports', 'people']) {
      const address = section === 'overview' ? `/coalitions/${id}` : `/coalitions/${id}/${section}`;
      const answer = await phone.page.goto(new URL(address, phone.page.url()).href);
      expect([section, answer?.status(), await phone.overflow()]).toEqual([section, 200, 0]);
    }
    expect(phone.complaints).toEqual([]);
  });

  it('is told beside the field of an amount that can be read in two ways, loses nothing, and mends it', async () => {
    const { poolId, south } = coalition;
    const { page } = phone;
    await page.goto(new URL(`/pools/${poolId}/contributions/new`, page.url()).href);
    await page.locator('[name=funderId]').selectOption(south);
    await page.locator('[name=amount]').fill('1.250');
    await page.locator('[name=receivedOn]').fill('2026-12-01');
    await page.locator('[name=bankReference]').fill('BACS 12');
    await page.locator('form.tb-form .tb-form-submit button[type=submit]').first().click();
    await page.locator('[name=amount][aria-invalid="true"]').waitFor();
    expect(await page.locator('[name=amount]').inputValue()).toBe('1.250');
    expect(await page.locator('[name=bankReference]').inputValue()).toBe('BACS 12');

    await page.locator('[name=amount]').fill('1,250.5');
    await page.locator('form.tb-form .tb-form-submit button[type=submit]').first().click();
    await page.waitForURL((url) => !url.pathname.endsWith('/new'));
    const kept = await app.rows(`SELECT amount::text FROM contributions WHERE bank_reference = 'BACS 12'`);
    expect(kept).toEqual([{ amount: '125050' }]);
  });
});
