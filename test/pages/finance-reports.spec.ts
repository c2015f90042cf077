import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestApp } from '../support/app.js';
import { foundCoalition, fund, type TestCoalition } from '../support/coalition.js';
import { choosePassword } from '../support/identity.js';
import { MailCatcher } from '../support/mail-catcher.js';
import { Phone } from '../support/phone.js';

const password = 'otter cedar kelp linden';
let app: TestApp;
let coalition: TestCoalition;
let phone: Phone;
let post: MailCatcher;
let folder: string;
let subscription: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-report-'));
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app);
  await fund(coalition, '20000.00');
  await choosePassword(app, coalition.finance.id, password);
  post = await MailCatcher.start(app);
  phone = await Phone.open(app);
}, 180_000);
afterAll(async () => {
  await phone?.close();
  await post?.stop();
  await app?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const press = (name: string | RegExp) => phone.page.getByRole('button', { name }).first().click();
const text = () => phone.page.locator('main').innerText();

describe('a report that comes round, in the browser', () => {
  it('is subscribed to: which, of which time, as which files, when, and who gets it', async () => {
    const form = `/pools/${coalition.poolId}/subscriptions/new`;
    await phone.signIn(form, coalition.finance.email, password);
    await phone.page.locator('input[name=kind][value=trialBalance]').check();
    await phone.page.getByLabel('Of which time').selectOption('previousMonth');
    await phone.page.locator('input[name="formats[]"][value=csv]').check();
    await phone.page.locator(`input[name="recipientIds[]"][value="${coalition.finance.id}"]`).check();
    expect(await phone.overflow()).toBe(0);
    await press('Show the next dates');
    expect(await text()).toContain('3 Dec 2026, 08:00');
    await press('Subscribe them');
    await phone.page.waitForURL(/\/subscriptions\/[0-9a-f-]{36}$/);
    subscription = new URL(phone.page.url()).pathname;
    expect(await text()).toContain('Trial balance, on the 3rd business day of each month');
  });

  it('is looked at before anybody gets it: the page follows it while it is made', async () => {
    await press('Preview now');
    await phone.page.waitForURL(/\/report-runs\//);
    expect(await text()).toContain('It waits to be made.');
    await app.drain();
    await phone.page.getByText('Ties to the ledger').waitFor();
    expect(await text()).toContain('It was sent to nobody');
    expect(await phone.overflow()).toBe(0);
    await post.deliver();
    expect(post.caught.filter(({ to }) => to.includes(coalition.finance.email))).toEqual([]);
  });

  it('arrives with its main figures, and its link leads to the very file that the page has the hash of', async () => {
    await app.moveTo('2026-12-03T08:05:00Z');
    await post.deliver();
    const [mail] = post.caught.filter(({ to }) => to.includes(coalition.finance.email));
    expect(mail!.text).toContain('Trial balance');
    expect(mail!.text).toContain('£20,000.00');
    const link = /https?:\/\/\S+\/report-files\/\S+\/csv\?\S+/.exec(mail!.text)![0];
    const { pathname, search } = new URL(link);
    const answer = await app.nest.inject({ url: pathname + search });
    expect(answer.statusCode).toBe(200);
    const file = join(folder, 'trial-balance.csv');
    writeFileSync(file, answer.rawPayload);
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');

    await phone.signOut();
    await phone.signIn(subscription, coalition.finance.email, password);
    await phone.page.getByRole('link', { name: '2026-12' }).click();
    await phone.page.waitForURL(/\/report-runs\//);
    expect(await phone.page.locator('code').allInnerTexts()).toContain(sha256);
    await phone.page.getByLabel('Is a file that you have one of these?').setInputFiles(file);
    await phone.page.getByText('Yes: byte for byte').waitFor();
    const other = join(folder, 'changed.csv');
    writeFileSync(other, `${answer.payload} `);
    await phone.page.getByLabel('Is a file that you have one of these?').setInputFiles(other);
    await phone.page.getByText('No, it is another file').waitFor();
    expect(phone.complaints).toEqual([]);
  });

  it('does not open for whoever changes the link, nor once it is a week old', async () => {
    const { text: letter } = post.caught.at(-1)!;
    const { pathname, search } = new URL(/https?:\/\/\S+\/report-files\/\S+\/csv\?\S+/.exec(letter)![0]);
    const other = search.replace(/person=[0-9a-f-]+/, `person=${coalition.partner.id}`);
    expect((await app.nest.inject({ url: pathname + other })).statusCode).toBeGreaterThanOrEqual(400);
    app.clock.moveTo(new Date('2026-12-11T08:05:00Z'));
    expect((await app.nest.inject({ url: pathname + search })).statusCode).toBeGreaterThanOrEqual(400);
  });
});
