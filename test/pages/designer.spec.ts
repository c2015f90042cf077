import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { TestBond } from '../support/bond.js';
import { foundCoalition, type TestCoalition } from '../support/coalition.js';
import { choosePassword } from '../support/identity.js';
import { Phone } from '../support/phone.js';

const password = 'a long green river';
let app: TestApp;
let coalition: TestCoalition;
let bond: TestBond;
let browser: Phone;

beforeAll(async () => {
  app = await TestApp.start({ now: '2027-05-03T09:00:00Z' });
  coalition = await foundCoalition(app);
  bond = await TestBond.active(app, coalition);
  await choosePassword(app, coalition.finance.id, password);
  await choosePassword(app, bond.verifier.id, password);
});
afterAll(() => app?.stop());
beforeEach(async () => {
  browser = await Phone.open(app);
}, 60_000);
afterEach(() => browser?.close());

/** Waits until a row of a table says this, however its figures are set. */
const row = (name: RegExp) => browser.page.getByRole('row', { name });

describe('in a browser', () => {
  it('the designer shows what a price comes to as it is typed, beside the terms and under them', async () => {
    const { finance } = coalition;
    const lines = [{ period: 1, metric: 'signUp', quantity: '100' }];
    const payload = { scenarios: [{ name: 'Base', isPlan: true, lines, costs: [] }] };
    await finance.must(finance.send({ method: 'PUT', url: `/api/v1/bonds/${bond.id}/scenarios`, payload }));
    await finance.must(finance.post(`/api/v1/bonds/${bond.id}/versions`, { reason: 'A better price' }));
    const { page } = browser;
    await page.setViewportSize({ width: 1440, height: 900 });
    await browser.signIn(`/bonds/${bond.id}/design`, finance.email, password);
    await row(/North River Trust.*112,000\.00/).waitFor();
    const price = page.locator('[name="rateCard[0].price"]');
    await price.fill('1,700');
    await price.blur();
    await row(/North River Trust.*113,333\.33/).waitFor();
    // What was typed stays, and nothing is saved.
    expect(await price.inputValue()).toBe('1,700');
    await price.fill('dear');
    await price.blur();
    await page.locator('#projection .tb-empty-title', { hasText: 'Not yet' }).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await browser.overflow()).toBe(0);
    expect(browser.complaints).toEqual([]);
  });

  it('a verifier sees what a claim would come to as the line is reduced', async () => {
    const { id } = await bond.submitted([{ metric: 'signUp', quantity: '440' }]);
    const { page } = browser;
    await browser.signIn(`/claims/${id}/verification`, bond.verifier.email, password);
    const preview = page.locator('#preview');
    await preview.getByText('440 × 1680.00').waitFor();
    await page.getByRole('radio', { name: 'Reduce' }).check();
    await preview.getByText('Say to what it is reduced, or who is not accepted.').waitFor();
    const quantity = page.getByRole('textbox', { name: 'Reduced to' });
    await quantity.fill('400');
    await quantity.blur();
    await preview.getByText('400 × 1680.00').waitFor();
    expect(await preview.innerText()).toContain('448,000.00');
    expect(await browser.overflow()).toBe(0);
    expect(browser.complaints).toEqual([]);
  });
});
