import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { TestBank } from '../support/bank.js';
import { Browser, csrfIn } from '../support/browser.js';
import { foundCoalition, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let bank: TestBank;
let browser: Browser;
let home: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-04T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  coalition = await foundCoalition(app, `CSV Page Towns ${coalitions}`);
  bank = new TestBank(app, coalition);
  browser = await Browser.of(app, coalition.finance);
  home = `/pools/${coalition.poolId}`;
});

const file =
  'Booking date;Payee;Details;Amount\n01.12.2026;North;First half;1.250,00\n02.12.2026;Bank;Fee;-2,50\n';

async function upload(content: string, how: string): Promise<string | undefined> {
  const csrf = csrfIn((await browser.get(`${home}/bank`)).html);
  const { location } = await browser.upload(`${home}/bank-statements`, { _csrf: csrf, how }, 'file', content);
  return location;
}
const columns = (meanings: string[]) =>
  Object.fromEntries(
    ['Booking date', 'Payee', 'Details', 'Amount'].flatMap((column, index) => [
      [`columns[${index}].column`, column],
      [`columns[${index}].is`, meanings[index] ?? ''],
    ]),
  );
const form = (more: Record<string, string> = {}) => ({
  ...{ delimiter: 'semicolon', encoding: 'utf-8', headingLine: '1', dateFormat: 'DD.MM.YYYY' },
  ...{ decimalMark: 'comma', thousandsMark: 'point', account: 'GB33', name: 'High Street' },
  ...columns(['date', 'counterparty', 'text', 'amount']),
  _idempotencyKey: crypto.randomUUID(),
  ...more,
});

describe('a CSV file that is new', () => {
  it('shows its first rows as they are guessed, and is imported under a name; the next one at once', async () => {
    const next = await upload(file, 'new');
    expect(next).toBe(`${home}/csv-mappings/new`);
    const { html } = await browser.get(next!);
    expect(html).toContain('First half');
    expect(html).toMatch(/<option value="counterparty" selected>/);
    expect(html).toContain('1,250.00');
    expect(await bank.lines()).toEqual([]);

    const saved = await browser.submit(`${home}/csv-mappings`, form(), next);
    expect([saved.status, saved.location]).toEqual([303, `${home}/bank`]);
    const after = await browser.get(`${home}/bank`);
    expect(after.html).toContain('“High Street” is saved. 2 lines added, 0 matched, 2 waiting.');
    expect((await bank.lines()).map(({ counterparty, amount }) => [counterparty, amount.amount])).toEqual([
      ['North', '1250.00'],
      ['Bank', '-2.50'],
    ]);
    const [{ id } = { id: '' }] = await app.rows<{ id: string }>(
      `SELECT id FROM csv_mappings WHERE pool_id = '${coalition.poolId}'`,
    );
    await upload(`${file}03.12.2026;South;Second;1,00\n`, id);
    expect((await browser.get(`${home}/bank`)).html).toContain('1 line added, 2 known already');
    expect(await app.rows(`SELECT 1 FROM waiting_bank_files WHERE pool_id = '${coalition.poolId}'`)).toEqual(
      [],
    );
  });

  it('shows how it is understood as one chooses, and what is wrong with it', async () => {
    const next = await upload(file, 'new');
    const preview = (more: Record<string, string>) =>
      browser.submit(`${home}/csv-mappings/preview`, form({ name: '', ...more }), next);
    expect((await preview({})).html).toContain('id="understood"');
    const wrong = await preview({ dateFormat: 'YYYY-MM-DD' });
    expect([wrong.status, wrong.html.includes('“01.12.2026” is not a date written YYYY-MM-DD')]).toEqual([
      200,
      true,
    ]);
    expect((await preview({ decimalMark: 'comma', thousandsMark: 'comma' })).status).toBe(200);
    expect(await bank.lines()).toEqual([]);
  });

  it('is read in another way when that is asked for', async () => {
    const next = await upload(file, 'new');
    const { html } = await browser.get(`${next}?delimiter=comma&headingLine=0`);
    expect(html).toContain('#1');
  });

  it('that cannot be imported as it is mapped is not, nor is the mapping saved; nothing typed is lost', async () => {
    const next = await upload(`${file}99.12.2026;x;y;1,00\n`, 'new');
    const refused = await browser.submit(`${home}/csv-mappings`, form(), next);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(
      'Line 4, column “Booking date”: “99.12.2026” is not a date written DD.MM.YYYY.',
    );
    expect(refused.html).toContain('value="High Street"');
    const twice = await browser.submit(
      `${home}/csv-mappings`,
      form(columns(['date', '', 'date', 'amount'])),
      next,
    );
    expect(twice.html).toContain('id="field-columns-2-is-error"');
    expect(await app.rows(`SELECT 1 FROM csv_mappings WHERE pool_id = '${coalition.poolId}'`)).toEqual([]);
    expect(await bank.lines()).toEqual([]);
  });

  it('is sent first: without it there is nothing to choose from', async () => {
    const { location } = await browser.get(`${home}/csv-mappings/new`);
    expect(location).toBe(`${home}/bank`);
    expect((await browser.get(`${home}/bank`)).html).toContain('Choose the file first');
  });
});

describe('a saved mapping', () => {
  it('is changed on its page, and forgotten', async () => {
    await upload(file, 'new');
    await browser.submit(`${home}/csv-mappings`, form(), `${home}/csv-mappings/new`);
    const [{ id } = { id: '' }] = await app.rows<{ id: string }>(
      `SELECT id FROM csv_mappings WHERE pool_id = '${coalition.poolId}'`,
    );
    const page = `/csv-mappings/${id}`;
    expect((await browser.get(page)).html).toContain('Forget this mapping');
    const written = { delimiter: 'semicolon', encoding: 'latin-1' };
    await browser.submit(page, form({ name: 'Low Street', version: '1', ...written }), page);
    const changed = (await browser.get(page)).html;
    expect(changed).toContain('Low Street');
    expect(changed).toMatch(/value="semicolon" selected[^]*value="latin-1" selected/);
    const stale = await browser.submit(page, form({ name: 'Old Street', version: '1' }), page);
    expect(stale.html).toContain('Somebody else has changed this mapping');
    await browser.submit(`${page}/remove`, {}, page);
    expect((await browser.get(page)).status).toBe(404);
  });
});
