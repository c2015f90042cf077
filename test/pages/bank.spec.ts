import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { camt, TestBank } from '../support/bank.js';
import { foundCoalition, type TestCoalition } from '../support/coalition.js';
import { choosePassword } from '../support/identity.js';
import { Phone } from '../support/phone.js';

const password = 'otter cedar kelp linden';
let app: TestApp;
let coalition: TestCoalition;
let bank: TestBank;
let phone: Phone;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-04T09:00:00Z' });
  coalition = await foundCoalition(app);
  bank = new TestBank(app, coalition);
  await bank.send(
    camt('S-1', [{ reference: 'B-1', amount: '1500.00', direction: 'CRDT', text: 'Two gifts' }]),
  );
  await choosePassword(app, coalition.finance.id, password);
  phone = await Phone.open(app);
}, 180_000);
afterAll(async () => {
  await phone?.close();
  await app?.stop();
});

describe('the bank in a browser', () => {
  it('is split by keyboard alone, and says what is left as one types', async () => {
    const [line] = await bank.lines();
    const { page } = phone;
    const { keyboard } = page;
    await phone.signIn(`/bank-lines/${line!.id}`, coalition.finance.email, password);
    const left = () => page.locator('[data-remaining]').innerText();
    expect(await left()).toBe('£1,500.00 left');
    await page.locator('select[name="parts[0].is"]').focus();
    await keyboard.type('Contribution from North');
    await keyboard.press('Tab');
    // It took all that was left: it is less.
    expect(await page.locator('input[name="parts[0].amount"]').inputValue()).toBe('1500.00');
    await keyboard.type('1000');
    expect(await left()).toBe('£500.00 left');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.type('Contribution from South');
    expect(await left()).toBe('Nothing is left');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.waitForURL(/\/bank$/);
    expect(await page.locator('main').innerText()).toContain('Line B-1 is matched, in 2 parts.');
    expect((await bank.lines())[0]!.parts.map(({ amount }) => amount.amount)).toEqual(['1000.00', '500.00']);
    expect(await phone.overflow()).toBe(0);
  });

  it('shows how a CSV file is understood as one chooses, before anything is imported', async () => {
    const { page } = phone;
    await page.setInputFiles('#statement-file', {
      ...{ name: 'december.csv', mimeType: 'text/csv' },
      buffer: Buffer.from('Date,Payee,Amount\n01/12/2026,North,5.00\n'),
    });
    await page.getByLabel('Read it as').selectOption('new');
    await page.getByRole('button', { name: 'Import the statement' }).click();
    await page.waitForURL(/csv-mappings\/new$/);
    const understood = page.locator('#understood');
    expect(await understood.innerText()).toContain('1 Dec 2026');
    await page.getByLabel('Dates are written').selectOption('MM/DD/YYYY');
    await understood.getByText('12 Jan 2026').waitFor();
    await page.getByLabel('Dates are written').selectOption('YYYY-MM-DD');
    await understood.getByText('is not a date written YYYY-MM-DD').waitFor();
    expect(await phone.overflow()).toBe(0);
    expect(await bank.lines()).toHaveLength(1);
    expect(phone.complaints).toEqual([]);
  });
});
