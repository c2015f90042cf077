import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { Browser, type Page } from '../support/browser.js';
import { foundCoalition, sign, type TestCoalition } from '../support/coalition.js';
import { InvestorBond } from '../support/investor-bond.js';

const returns = {
  kind: 'waterfall',
  tiers: [
    { kind: 'capital' },
    { kind: 'preferred', rate: '0.06', dayCount: 'ACT/365', compounding: 'none' },
    { kind: 'residual', shares: { investors: '0.5', provider: '0.3', pool: '0.2' } },
  ],
};

let app: TestApp;
let coalition: TestCoalition;
let bond: InvestorBond;
let finance: Browser;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2022-01-01T12:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2022-01-01T12:00:00Z'));
  coalition = await foundCoalition(app, `Investor Pages ${coalitions}`);
  bond = await InvestorBond.active(app, coalition, { returns });
  await signIn();
});

/** The words of a page, without its markup. */
const words = ({ html }: Page): string =>
  html
    .replace(/<(script|style|svg|head)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
const home = () => `/bonds/${bond.id}/investors`;
/** A finance officer who signs in on a day: sessions do not outlive a move of the clock. */
const signIn = async (): Promise<void> => {
  finance = await Browser.of(app, coalition.finance);
};
const keyIn = ({ html }: Page): string => /name="_idempotencyKey" value="([^"]+)"/.exec(html)![1]!;
/** Fills a form in on its page and sends it, as a browser does. */
const send = async (path: string, fields: Record<string, string>, from: string): Promise<Page> =>
  finance.submit(path, { _idempotencyKey: keyIn(await finance.get(from)), ...fields }, from);
const calling = (amount: string) =>
  send(
    `/bonds/${bond.id}/drawdown-calls`,
    { partyId: bond.parties['A']!, amount, dueOn: '2022-02-01', reason: 'The first quarter' },
    `/bonds/${bond.id}/drawdown-calls/new`,
  );

describe('the investors of a bond', () => {
  it('stand with what they committed, have in it and got back, and with totals', async () => {
    await bond.drawn('A', '45000.00', '2022-01-10');
    await signIn();
    const page = await finance.get(home());
    expect(words(page)).toContain('60,000.00 45,000.00 0.00 0.00 45,000.00 No rate yet');
    expect(words(page)).toContain('Total 100,000.00 45,000.00 0.00 0.00 45,000.00');
    expect(page.html).toContain(`${home()}/${bond.parties['A']!}/statement`);
    // A total leads to the postings that it is made of.
    const ledger = `/bonds/${bond.id}/ledger?accountKind=investorCapital`;
    expect(page.html).toContain(`href="${ledger}"`);
    expect(words(await finance.get(ledger))).toContain('1 posting on the accounts');
    const none = await finance.get(`/bonds/${bond.id}/ledger?accountKind=investorReturn`);
    expect(words(none)).toContain('0 postings on the accounts');
  });

  it('are no business of the provider’s', async () => {
    const partner = await Browser.of(app, coalition.partner);
    expect((await partner.get(home())).status).toBe(403);
    expect((await partner.get(`/bonds/${bond.id}`)).html).not.toContain(`href="${home()}"`);
  });
});

describe('a call', () => {
  it('is made, received in part, overdue and cancelled by forms', async () => {
    const made = await calling('45,000');
    expect(made.status).toBe(303);
    const call = made.location!;
    bond.moveTo('2022-02-03');
    await signIn();
    expect(words(await finance.get(home()))).toContain('is overdue: £45,000.00 has not come.');
    const receipt = { amount: '20000', receivedOn: '2022-02-02', bankReference: 'FT 1' };
    expect((await send(`${call}/receipts`, receipt, call)).location).toBe(call);
    expect(words(await finance.get(call))).toContain('Open £25,000.00');
    const cancelled = await finance.submit(`${call}/cancel`, { reason: 'Less is needed' }, call);
    expect(cancelled.location).toBe(call);
    const page = words(await finance.get(call));
    expect(page).toContain('Cancelled because Less is needed');
    expect(page).not.toContain('Record a receipt');
  });

  it('for more than is open is refused at the amount, with everything as it was typed', async () => {
    const refused = await calling('60,000.01');
    expect([refused.status, words(refused)]).toEqual([
      422,
      expect.stringContaining('committed is not called yet.'),
    ]);
    expect(refused.html).toContain('href="#field-amount"');
    expect(refused.html).toContain('The first quarter');
  });

  it('has receipts that only somebody else than who recorded them takes back', async () => {
    await bond.drawn('A', '45000.00', '2022-01-10');
    await signIn();
    const [row] = await app.rows<{ id: string }>(
      `SELECT r.id FROM drawdown_receipts r JOIN drawdown_calls c ON c.id = r.call_id WHERE c.bond_id = '${bond.id}'`,
    );
    const page = await finance.get(`/drawdown-receipts/${row!.id}`);
    expect(words(page)).toContain('You recorded this receipt, so somebody else must reverse it.');
    const other = await app.person(`Other finance of investors ${coalitions}`);
    await app.seat(other, coalition.id, 'finance');
    const colleague = await Browser.of(app, other);
    const path = `/drawdown-receipts/${row!.id}`;
    const reversed = await colleague.submit(
      `${path}/reverse`,
      {
        ...{ _idempotencyKey: keyIn(await colleague.get(path)), reason: 'It was for another bond' },
        occurredOn: '2022-01-10',
      },
      path,
    );
    expect([reversed.status, reversed.location]).toEqual([303, expect.stringContaining('/drawdown-calls/')]);
    expect(words(await colleague.get(reversed.location!))).toContain('Open £45,000.00');
    expect(words(await colleague.get(path))).toContain('Reversed: It was for another bond');
  });
});

describe('an advance', () => {
  it('is asked for, waits for others, and is paid by form', async () => {
    await bond.drawn('A', '45000.00', '2022-01-10');
    await signIn();
    const form = `/bonds/${bond.id}/provider-advances/new`;
    expect(words(await finance.get(form))).toContain('The bond can pay £45,000.00.');
    const ask = (amount: string) =>
      send(`/bonds/${bond.id}/provider-advances`, { amount, reason: 'Link workers' }, form);
    expect((await ask('45000.01')).html).toContain('href="#field-amount"');
    const { location: advance } = await ask('30000');
    expect(words(await finance.get(home()))).toContain('An advance of £30,000.00 waits for approval.');
    const approvalId = /\/approvals\/([0-9a-f-]{36})/.exec((await finance.get(advance!)).html)![1]!;
    await sign(coalition, approvalId);
    const paid = { bankReference: 'BACS 7', paidOn: '2022-01-10' };
    expect((await send(`${advance!}/pay`, paid, advance!)).location).toBe(advance);
    expect(words(await finance.get(advance!))).toContain('Bank reference BACS 7');
  });

  it('is taken back by form, with a reason, and its money is free again', async () => {
    await bond.drawn('A', '45000.00', '2022-01-10');
    await signIn();
    const form = `/bonds/${bond.id}/provider-advances/new`;
    const asked = { amount: '30000', reason: 'Link workers' };
    const { location: advance } = await send(`/bonds/${bond.id}/provider-advances`, asked, form);
    const approvalId = /\/approvals\/([0-9a-f-]{36})/.exec((await finance.get(advance!)).html)![1]!;
    await sign(coalition, approvalId);
    expect(words(await finance.get(form))).toContain('The bond can pay £15,000.00.');
    const refused = await finance.submit(`${advance!}/withdraw`, { reason: '' }, advance);
    expect([refused.status, refused.html]).toEqual([422, expect.stringContaining('href="#field-reason"')]);
    const withdrawn = await finance.submit(
      `${advance!}/withdraw`,
      { reason: 'Asked for too early' },
      advance,
    );
    expect([withdrawn.status, withdrawn.location]).toEqual([303, advance]);
    expect(words(await finance.get(advance!))).toContain('The advance to Stream');
    expect(words(await finance.get(home()))).not.toContain('approved and not paid yet');
    expect(words(await finance.get(form))).toContain('The bond can pay £45,000.00.');
  });
});

describe('a statement', () => {
  it('of a period opens with what was out before it, and is a file too', async () => {
    await bond.drawn('A', '20000.00', '2022-01-10');
    await bond.drawn('A', '25000.00', '2022-03-10');
    await signIn();
    const path = `${home()}/${bond.parties['A']!}/statement`;
    const page = await finance.get(`${path}?from=2022-02-01`);
    expect(words(page)).toContain('Capital out before £20,000.00 Drawn £25,000.00');
    expect(words(page)).toContain('Capital out at the end £45,000.00');
    expect(words(page)).toContain('Counted by ACT/365');
    const file = await finance.get(`/api/v1${path}.csv?from=2022-02-01`);
    expect(file.html).toContain('2022-02-01,opening,,,,,20000.00,GBP');
    expect(file.html).toContain('2022-03-10,closing,,,,,45000.00,GBP');
  });

  it('of a period that begins after its end says so at the day, as it was typed, and shows the whole', async () => {
    await bond.drawn('A', '20000.00', '2022-01-10');
    await signIn();
    const page = await finance.get(`${home()}/${bond.parties['A']!}/statement?from=2022-01-10&on=2022-01-05`);
    expect(page.status).toBe(422);
    const field = /<label for="statement-from">.*?<\/div>/s.exec(page.html)![0];
    expect(field).toContain('value="2022-01-10"');
    expect(field).toContain('aria-invalid="true"');
    expect(field).toContain('A period begins no later than it ends.');
    expect(words(page)).toContain('Capital out at the end £20,000.00');
  });

  it('draws the capital that was out, step by step, with its figures beside', async () => {
    await bond.drawn('A', '20000.00', '2022-01-10');
    await bond.drawn('A', '25000.00', '2022-03-10');
    await signIn();
    const page = await finance.get(`${home()}/${bond.parties['A']!}/statement`);
    expect(page.html).toContain(
      'aria-label="Capital outstanding from 10 Jan 2022 to 10 Mar 2022: £45,000.00 at most, £45,000.00 at the end."',
    );
  });

  it('says that a yearly rate is not unique where two of them fit', async () => {
    // 1,000.00 out, 2,300.00 back, 1,320.00 out, a year between each: 10 % and 20 % both make it nothing.
    await bond.drawn('A', '1000.00', '2022-01-01');
    await bond.paidOutcomes('3540', 4, '2023-01-01');
    // 1,000.00 capital, 60.00 preferred return, and half of the 2,480.00 that are left.
    await bond.distributed('2023-01-01', { amount: '3540.00' });
    await bond.drawn('A', '1320.00', '2024-01-01');
    await signIn();
    expect(words(await finance.get(`${home()}/${bond.parties['A']!}/statement`))).toContain(
      'Realised Not unique',
    );
    expect(words(await finance.get(home()))).toContain('1,320.00 Not unique');
  });
});
