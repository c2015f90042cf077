import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Client, TestApp } from '../support/app.js';
import { camt, TestBank } from '../support/bank.js';
import { Browser } from '../support/browser.js';
import { foundCoalition, type ProblemBody, sign, type TestCoalition } from '../support/coalition.js';
import type { DistributionBody, InvestorBond, MoneyBody } from '../support/investor-bond.js';
import { accountsOf, activeBond, allHold, refusal, stepOfClosing } from '../support/investor-cases.js';

interface Cancellation {
  id: string;
  amount: MoneyBody;
  state: string;
  approvalId: string;
  entryId: string | null;
}

interface Invoice {
  state: string;
  received: MoneyBody;
  cancelled: MoneyBody;
  cancellations: Cancellation[];
}

let app: TestApp;
let coalition: TestCoalition;
let bond: InvestorBond;
/** What North owes, £200.00, and South, £100.00. */
let north: string;
let south: string;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2022-01-01T12:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2022-01-01T12:00:00Z'));
  coalition = await foundCoalition(app, `Cancelling Towns ${coalitions}`);
  bond = await activeBond(app, coalition, {});
  bond.moveTo('2022-05-03');
  const invoices = await bond.outcomes('300', 1);
  north = invoices.find(({ amount }) => amount.amount === '200.00')!.id;
  south = invoices.find(({ amount }) => amount.amount === '100.00')!.id;
});

const cancel = <Body = Cancellation>(invoiceId: string, occurredOn = '2022-05-03', who?: Client) =>
  bond.post<Body>(
    `outcome-invoices/${invoiceId}/cancellations`,
    { reason: 'It will not come', occurredOn },
    who,
  );
/** Asks, and has it approved. */
const cancelled = async (invoiceId: string, occurredOn?: string): Promise<void> => {
  const { approvalId } = await coalition.finance.must(cancel(invoiceId, occurredOn));
  await sign(coalition, approvalId);
};
const receipt = (amount: string) => ({
  ...{ amount, receivedOn: '2022-05-03', bankReference: bond.bankReference() },
});
const received = (invoiceId: string, amount: string) =>
  bond.must<{ id: string }>(`outcome-invoices/${invoiceId}/receipts`, receipt(amount));
const read = (invoiceId: string) => bond.get<Invoice>(`outcome-invoices/${invoiceId}`);
const sumsOf = ({ state, received: came, cancelled: not }: Invoice) => [state, came.amount, not.amount];

describe('what is open of an outcome invoice', () => {
  it('is cancelled once another agrees: the promise leaves the ledger, and no cap gets room back', async () => {
    const asked = await coalition.finance.must(cancel(north));
    expect([asked.state, asked.amount.amount, asked.entryId]).toEqual(['proposed', '200.00', null]);
    expect(sumsOf(await read(north))).toEqual(['issued', '0.00', '0.00']);
    await sign(coalition, asked.approvalId);
    const invoice = await read(north);
    expect(sumsOf(invoice)).toEqual(['cancelled', '0.00', '200.00']);
    expect(invoice.cancellations).toMatchObject([{ state: 'approved', amount: { amount: '200.00' } }]);
    expect(await accountsOf(bond)).toEqual([
      'expectedOutcomeIncome 10000',
      'outcomePaymentsReceivable 10000',
    ]);
    const entry = await bond.get<{
      kind: string;
      document: { id: string };
      postings: { amount: MoneyBody }[];
    }>(`entries/${invoice.cancellations[0]!.entryId}`);
    expect([entry.kind, entry.document.id, entry.postings.length]).toEqual([
      ...['outcome.invoiceCancelled', north, 2],
    ]);
    const headroom = await bond.get<{ bond: { used: MoneyBody }; payers: { used: MoneyBody }[] }>(
      `bonds/${bond.id}/headroom`,
    );
    expect([headroom.bond, ...headroom.payers].map(({ used }) => used.amount)).toEqual([
      ...['300.00', '200.00', '100.00'],
    ]);
    const { items } = await bond.get<{ items: { id: string }[] }>(
      `bonds/${bond.id}/outcome-invoices?state=cancelled`,
    );
    expect(items.map(({ id }) => id)).toEqual([north]);
    await allHold(app);
  });

  it('is what has not come: what has come stays, and a receipt that is taken back is open again', async () => {
    const { id } = await received(north, '150.00');
    await cancelled(north);
    expect(sumsOf(await read(north))).toEqual(['cancelled', '150.00', '50.00']);
    expect(
      (await refusal(bond.post(`outcome-invoices/${north}/receipts`, receipt('0.01')))).slice(0, 3),
    ).toEqual([...[422, 'ruleBroken', '/amount']]);
    const other = await app.person(`Other finance of cancelling ${coalitions}`);
    await app.seat(other, coalition.id, 'finance');
    await bond.must(
      `outcome-receipts/${id}/reverse`,
      { reason: 'For another invoice', occurredOn: '2022-05-03' },
      other,
    );
    expect(sumsOf(await read(north))).toEqual(['issued', '0.00', '50.00']);
    await allHold(app);
    await cancelled(north);
    expect(sumsOf(await read(north))).toEqual(['cancelled', '0.00', '200.00']);
    await allHold(app);
  });

  it('is not cancelled by who asked, and is asked for again when something has come since', async () => {
    await app.seat(coalition.approver, coalition.id, 'finance');
    const own = await coalition.approver.must(cancel(south, '2022-05-03', coalition.approver));
    await expect(sign(coalition, own.approvalId)).rejects.toThrow('makerIsChecker');
    expect(await refusal(cancel(south))).toEqual([
      ...[409, 'stateForbids', null, 'A cancellation of this invoice waits for approval.'],
    ]);
    const stale = await coalition.finance.must(cancel(north));
    await received(north, '50.00');
    await expect(sign(coalition, stale.approvalId)).rejects.toThrow('has become £150.00. Ask for it again.');
    const { contentHash } = await bond.get<{ contentHash: string }>(`approvals/${stale.approvalId}`);
    await bond.must(
      `approvals/${stale.approvalId}/reject`,
      { contentHash, reason: 'Something has come' },
      coalition.approver,
    );
    expect((await read(north)).cancellations).toMatchObject([{ state: 'rejected', entryId: null }]);
    await cancelled(north);
    expect(sumsOf(await read(north))).toEqual(['cancelled', '50.00', '150.00']);
    await allHold(app);
  });

  it('is cancelled on the day of the last thing that happened to it, or later, and never where nothing is open', async () => {
    const early = await refusal(cancel(north, '2022-05-02'));
    expect(early).toEqual([
      ...[422, 'ruleBroken', '/occurredOn'],
      'The invoice was issued or paid on 2022-05-03: it cannot be cancelled before that.',
    ]);
    expect((await refusal(cancel(north, '2022-05-04'))).slice(0, 3)).toEqual([
      ...[422, 'ruleBroken', '/occurredOn'],
    ]);
    await received(south, '100.00');
    expect(await refusal(cancel(south))).toEqual([
      ...[409, 'stateForbids', null, 'The invoice is paid. Nothing of it is open.'],
    ]);
    expect((await cancel<ProblemBody>(north, '2022-05-03', coalition.partner)).status).toBe(403);
  });

  it('is asked for no more by letters', async () => {
    await cancelled(north);
    await app.moveTo('2022-07-05T09:00:00Z');
    const mails = await app.rows<{ subject: string }>(
      `SELECT DISTINCT subject FROM mail_messages WHERE template = 'outcomeInvoice.reminder' AND coalition_id = $1`,
      [coalition.id],
    );
    expect(mails.length).toBeGreaterThan(0);
    expect(mails.filter(({ subject }) => subject.startsWith('£200.00'))).toEqual([]);
  });

  it('is not what a line of the bank may be, whatever the line names', async () => {
    await cancelled(north);
    const bank = new TestBank(app, coalition);
    const came = { direction: 'CRDT' as const, on: '2022-05-03', amount: '100.00' };
    const reference = bond.bankReference();
    await bank.send(
      camt(`S-${reference}`, [{ ...came, reference, text: `${bond.reference}/1 or ${bond.reference}/2` }]),
    );
    const line = (await bank.lines()).find((one) => one.reference === reference)!;
    const { items } = await bond.get<{ items: { id: string }[] }>(`bank-lines/${line.id}/suggestions`);
    expect(items.map(({ id }) => id)).toEqual([south]);
  });

  it('stands in the way of closing the bond no more', async () => {
    await bond.drawn('A', '1000.00', '2022-05-03');
    await bond.distributed('2022-05-03');
    expect(await stepOfClosing(bond)).toEqual([
      [
        'invoices',
        `£200.00 of invoice ${bond.reference}/1 is open.`,
        `£100.00 of invoice ${bond.reference}/2 is open.`,
      ],
    ]);
    await cancelled(north);
    await cancelled(south);
    expect(await stepOfClosing(bond)).toEqual([]);
    const closing = await bond.must<DistributionBody>(`bonds/${bond.id}/closings`, {
      ...{ closedOn: '2022-05-03', reason: 'The payers are gone' },
    });
    await sign(coalition, closing.approvalId);
    expect((await accountsOf(bond)).filter((account) => !account.endsWith(' 0'))).toEqual([]);
    await allHold(app);
  });
});

describe('the page of an outcome invoice', () => {
  it('asks to cancel it with a reason, refuses at the field, and says what became of it', async () => {
    const page = `/outcome-invoices/${north}`;
    const finance = await Browser.of(app, coalition.finance);
    const send = async (fields: Record<string, string>) => {
      const { html } = await finance.get(page);
      const key = /cancellations".*?name="_idempotencyKey" value="([^"]+)"/s.exec(html)![1]!;
      return finance.submit(`${page}/cancellations`, { _idempotencyKey: key, ...fields }, page);
    };
    const refused = await send({ reason: 'The council was dissolved', occurredOn: '2022-05-01' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('href="#field-occurredOn"');
    expect(refused.html).toContain('The council was dissolved');
    const asked = await send({ reason: 'The council was dissolved', occurredOn: '2022-05-03' });
    expect([asked.status, asked.location]).toEqual([303, page]);
    const waiting = await finance.get(page);
    expect(waiting.html).toContain('A cancellation of this invoice waits for approval.');
    expect(waiting.html).not.toContain(`action="${page}/cancellations"`);
    await sign(coalition, (await read(north)).cancellations[0]!.approvalId);
    const { html } = await finance.get(page);
    expect(html).toContain('The council was dissolved');
    expect(html).toContain('approved the cancellation');
    expect(html).not.toContain('Record the receipt');
    expect(html).not.toContain('Cancel what is open');
  });
});
