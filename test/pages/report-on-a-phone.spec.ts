import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { choosePassword } from '../support/identity.js';
import { Phone } from '../support/phone.js';
import { gbp, reportedGrant, type TestReports } from '../support/report.js';

const password = 'a long green river';
let app: TestApp;
let world: TestReports;
let phone: Phone;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-01T09:00:00Z' });
  world = await reportedGrant(app, 'River Towns');
  const { partner, backbone, stream } = world.coalition;
  await backbone.must(
    backbone.post(`/api/v1/goals/${world.youth}/performance-measures`, {
      ...{
        name: 'Young people who came',
        unit: 'people',
        polarity: 'up',
        frequency: 'quarter',
        dueAfterDays: 21,
      },
      ...{ measureKind: 'howMuch', programme: 'Open evenings', source: 'Sign-in sheets', places: 0 },
      organisationId: stream,
    }),
  );
  for (const { id } of [partner, backbone]) await choosePassword(app, id, password);
});
afterAll(() => app?.stop());
beforeEach(async () => {
  phone = await Phone.open(app);
}, 60_000);
afterEach(() => phone?.close());

const address = () => world.address(1).replace('/api/v1', '');

async function as(who: 'partner' | 'backbone'): Promise<void> {
  await phone.signOut();
  await phone.signIn(address(), world.coalition[who].email, password);
  expect(await phone.overflow()).toBe(0);
}

describe('a report on a phone', () => {
  it('is filled in, returned with a comment at a field, mended there, and accepted', async () => {
    const { page } = phone;
    await as('partner');
    await page.getByLabel('Add a file').setInputFiles({
      ...{ name: 'receipts.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 receipts') },
    });
    await page.getByRole('button', { name: 'Add the file' }).click();
    await page.getByText('The file is attached.').waitFor();
    expect(await phone.overflow()).toBe(0);
    const came = page.getByLabel('Young people who came, 2027-Q1');
    await came.fill('about forty');
    await page.getByLabel('Spent on Somewhere to go').fill('8,500');
    await page.getByLabel('What did the money make possible?').fill('Two evenings a week.');
    await page.getByText('Not saved: "about forty" is not a number such as "62.5".').waitFor();
    await came.fill('40');
    await page.getByLabel('What did the money make possible?').focus();
    await page.getByText(/^Saved 2 Jul 2027/).waitFor();
    await page.getByRole('button', { name: 'Submit the report' }).click();
    await page.getByText('Submitted by').first().waitFor();

    await as('backbone');
    await page.getByLabel('What should be changed?').fill('Nearly there.');
    await page.getByText('Comment at a field').click();
    await page.getByLabel('Story', { exact: true }).fill('How many young people came?');
    await page.getByLabel('Young people who came', { exact: true }).fill('Each person once?');
    expect(await phone.overflow()).toBe(0);
    await page.getByRole('button', { name: 'Return it with this comment' }).click();
    await page.getByText('The report is returned to Stream Youth Work, with your comment.').waitFor();

    await as('partner');
    await page.locator('.tb-comment', { hasText: 'How many young people came?' }).waitFor();
    await page.locator('.tb-comment', { hasText: 'Each person once?' }).waitFor();
    await came.fill('38');
    await page.getByLabel('What did the money make possible?').fill('Two evenings a week, for forty people.');
    await page.getByRole('button', { name: 'Submit the report' }).click();
    await page.getByText('Submitted by').first().waitFor();

    await as('backbone');
    await page.getByText('done, submitted again').first().waitFor();
    await page.getByRole('link', { name: 'receipts.pdf' }).waitFor();
    expect(await phone.overflow()).toBe(0);
    await page.getByRole('button', { name: 'Accept the report' }).click();
    await page.getByText('The report is accepted.').waitFor();
    expect(await phone.overflow()).toBe(0);
    expect(await world.read(1)).toMatchObject({
      ...{ state: 'accepted', spent: gbp('8500.00'), story: 'Two evenings a week, for forty people.' },
    });
    await page.getByRole('link', { name: 'Young people who came' }).click();
    await page.getByRole('cell', { name: '38' }).waitFor();
    expect(await phone.overflow()).toBe(0);
    await page.goBack();
    await page.goto(page.url().replace(/\/spend-reports.*/, `/grants/${world.grantId}/reports/cumulative`));
    expect(await phone.overflow()).toBe(0);
    expect(phone.complaints).toEqual([]);
  });
});
