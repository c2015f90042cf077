import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { TestBond } from '../support/bond.js';
import { Browser, type Page } from '../support/browser.js';
import { foundCoalition, type TestCoalition } from '../support/coalition.js';

interface LineBody {
  entryId: string;
  kind: string;
  account: { id: string; book: string; name: string; subject: string };
  debit: { amount: string };
  credit: { amount: string };
  balance: { amount: string };
}
interface AccountBody {
  book: string;
  name: string;
  subject: string;
  debit: { amount: string };
  credit: { amount: string };
}

let app: TestApp;
let coalition: TestCoalition;
let bond: TestBond;

/** A claim of £16,800, of which North pays two thirds: £10,000 of them came. Beside it another bond, with a claim. */
beforeAll(async () => {
  app = await TestApp.start({ now: '2027-05-03T09:00:00Z' });
  coalition = await foundCoalition(app);
  const other = await TestBond.active(app, coalition);
  await other.verified([{ metric: 'signUp', quantity: '1' }]);
  bond = await TestBond.active(app, coalition);
  await bond.verified([{ metric: 'signUp', quantity: '10' }]);
  app.clock.moveTo(new Date('2027-05-10T09:00:00Z'));
  const { finance } = coalition;
  const { items } = await finance.must(
    finance.get<{ items: { id: string; payer: string }[] }>(`/api/v1/bonds/${bond.id}/outcome-invoices`),
  );
  const north = items.find(({ payer }) => payer.startsWith('North'))!;
  await finance.must(
    finance.post(`/api/v1/outcome-invoices/${north.id}/receipts`, {
      ...{ amount: '10000.00', receivedOn: '2027-05-09', bankReference: 'FT 1' },
    }),
  );
});
afterAll(() => app?.stop());

const ledger = async (query = '') =>
  await coalition.funder.must(
    coalition.funder.get<{ items: LineBody[]; total: number; nextCursor: string | null }>(
      `/api/v1/bonds/${bond.id}/ledger${query}`,
    ),
  );
const text = ({ account, debit, credit, balance }: LineBody) =>
  `${account.name}, ${account.subject.split(' ')[0]!}: ${debit.amount} | ${credit.amount} = ${balance.amount}`;

describe('the ledger of a bond', () => {
  it('holds what was posted on its accounts and its parties’, in both books, with the balance after each', async () => {
    const { items, total } = await ledger();
    expect(total).toBe(7);
    expect(items.slice(0, 3).map(text).sort()).toEqual([
      `Bond proceeds, ${bond.reference}: 0.00 | 10000.00 = 10000.00`,
      `Expected outcome income, ${bond.reference}: 10000.00 | 0.00 = 6800.00`,
      'Outcome payments receivable, North: 0.00 | 10000.00 = 1200.00',
    ]);
    expect(items.slice(3).map(text)).toEqual(
      expect.arrayContaining([
        'Outcome payments receivable, North: 11200.00 | 0.00 = 11200.00',
        'Outcome payments receivable, South: 5600.00 | 0.00 = 5600.00',
      ]),
    );
  });

  it('is narrowed by book, kind and account, and keeps the balances', async () => {
    const actual = await ledger('?book=actual');
    expect(actual.items.map(text)).toEqual([`Bond proceeds, ${bond.reference}: 0.00 | 10000.00 = 10000.00`]);
    const { items } = await ledger(`?kind=${actual.items[0]!.kind}&book=commitment`);
    expect(items.map(({ balance }) => balance.amount).sort()).toEqual(['1200.00', '6800.00']);
    const receivable = items.find(({ account }) => account.name === 'Outcome payments receivable')!;
    const own = await ledger(`?accountId=${receivable.account.id}`);
    expect(own.items.map(text)).toEqual([
      'Outcome payments receivable, North: 0.00 | 10000.00 = 1200.00',
      'Outcome payments receivable, North: 11200.00 | 0.00 = 11200.00',
    ]);
  });

  it('is read page by page, and had whole as CSV', async () => {
    const first = await ledger('?limit=4');
    const rest = await ledger(`?limit=4&cursor=${first.nextCursor}`);
    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([4, 3, null]);
    const csv = await coalition.funder.get<string>(`/api/v1/bonds/${bond.id}/ledger?limit=2`, {
      accept: 'text/csv',
    });
    expect(csv.body.trim().split('\n')).toHaveLength(8);
  });

  it('begins with what each account comes to, each the sum of its postings', async () => {
    const { items } = await coalition.funder.must(
      coalition.funder.get<{ items: AccountBody[] }>(`/api/v1/bonds/${bond.id}/accounts`),
    );
    expect(
      items.map(
        ({ book, name, subject, debit, credit }) =>
          `${book} ${name}, ${subject.split(' ')[0]!}: ${debit.amount} | ${credit.amount}`,
      ),
    ).toEqual([
      `actual Bond proceeds, ${bond.reference}: 0.00 | 10000.00`,
      'commitment Outcome payments receivable, North: 1200.00 | 0.00',
      'commitment Outcome payments receivable, South: 5600.00 | 0.00',
      `commitment Expected outcome income, ${bond.reference}: 0.00 | 6800.00`,
    ]);
  });

  it('is a page, where each posting leads to its entry; the provider does not see it', async () => {
    const words = ({ html }: Page) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    const browser = await Browser.of(app, coalition.finance);
    const page = await browser.get(`/bonds/${bond.id}/ledger`);
    expect(words(page)).toContain('7 postings on the accounts of the bond and its parties');
    expect(words(page)).toMatch(/Outcome payments receivable North River Trust · \S+ Commitment 1,200\.00/);
    const [{ entryId }] = (await ledger()).items as [LineBody];
    expect(page.html).toContain(`href="/entries/${entryId}"`);
    expect(words(await browser.get(`/bonds/${bond.id}/ledger?book=actual`))).toContain('1 posting on');
    const partner = await Browser.of(app, coalition.partner);
    expect((await partner.get(`/bonds/${bond.id}/ledger`)).status).toBe(403);
    expect((await partner.get(`/bonds/${bond.id}`)).html).not.toContain(`/bonds/${bond.id}/ledger`);
  });
});
