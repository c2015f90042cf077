import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { type Client, TestApp } from '../support/app.js';
import { camt, type Line, TestBank } from '../support/bank.js';
import { TestBond } from '../support/bond.js';
import { foundCoalition, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface Invoice {
  id: string;
  payer: string;
  reference: string;
  state: string;
  issuedOn: string;
  dueOn: string;
  amount: { amount: string };
  received: { amount: string };
  receipts: Receipt[];
}

interface Receipt {
  id: string;
  amount: { amount: string };
  bankReference: string;
  recordedBy: string | null;
  reversalReason: string | null;
}

interface Room {
  cap: { amount: string } | null;
  used: { amount: string };
  left: { amount: string } | null;
}

interface Headroom {
  bond: Room & { invoiced: { amount: string }; received: { amount: string } };
  payers: (Room & { payer: string; received: { amount: string } })[];
  lines: (Room & { metric: string })[];
}

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2027-05-03T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2027-05-03T09:00:00Z'));
  coalition = await foundCoalition(app, `Invoice Towns ${coalitions}`);
});

const broken = async () =>
  (await runChecks(checks, (sql) => app.rows(sql))).filter((result) => result.broken > 0);
const invoicesOf = async (bond: TestBond, query = '?sort=payer'): Promise<Invoice[]> => {
  const path = `/api/v1/bonds/${bond.id}/outcome-invoices${query}`;
  return (await coalition.finance.must(coalition.finance.get<{ items: Invoice[] }>(path))).items;
};
/** A bond that was paid £739,200.00 for: its two invoices, North’s first. */
const invoiced = async (inTerms: object = {}) => {
  const bond = await TestBond.active(app, coalition, inTerms);
  await bond.verified([{ metric: 'signUp', quantity: '440' }]);
  const [north, south] = await invoicesOf(bond);
  return { bond, north: north!, south: south! };
};
const read = ({ id }: Invoice) =>
  coalition.finance.must(coalition.finance.get<Invoice>(`/api/v1/outcome-invoices/${id}`));
const receive = <Body = Receipt>(
  { id }: Invoice,
  amount: string,
  more: { bankReference?: string; receivedOn?: string } = {},
  headers: Record<string, string> = {},
) =>
  coalition.finance.post<Body>(
    `/api/v1/outcome-invoices/${id}/receipts`,
    { amount, receivedOn: '2027-05-03', bankReference: `FT ${amount}`, ...more },
    headers,
  );
const reverse = <Body = Receipt>({ id }: Receipt, who: Client, occurredOn = '2027-05-03') =>
  who.post<Body>(`/api/v1/outcome-receipts/${id}/reverse`, { reason: 'For another invoice', occurredOn });
/** What the ledger holds on accounts of a kind. Minor units; debit positive. */
const booked = async (kind: string) =>
  Number(
    (
      await app.rows<{ balance: string }>(
        `SELECT coalesce(sum(balance), 0)::text AS balance FROM accounts WHERE kind = $1 AND coalition_id = $2`,
        [kind, coalition.id],
      )
    )[0]!.balance,
  );
const headroom = async (bond: TestBond, on?: string) =>
  coalition.funder.must(
    coalition.funder.get<Headroom>(`/api/v1/bonds/${bond.id}/headroom${on ? `?on=${on}` : ''}`),
  );
const text = ({ cap, used, left }: Room) => [cap?.amount ?? null, used.amount, left?.amount ?? null];

describe('an outcome invoice', () => {
  it('asks each payer for its share, is due when the contract says, and stands in the ledger as a promise', async () => {
    const { bond, north, south } = await invoiced();
    expect([north, south].map(({ payer, reference, amount }) => [payer, reference, amount.amount])).toEqual([
      ['North River Trust', `${bond.reference}/1`, '492800.00'],
      ['South Bank Fund', `${bond.reference}/2`, '246400.00'],
    ]);
    expect(north).toMatchObject({ state: 'issued', issuedOn: '2027-05-03', dueOn: '2027-06-02' });
    expect(await booked('outcomePaymentsReceivable')).toBe(73920000);
    expect(await booked('expectedOutcomeIncome')).toBe(-73920000);
    expect(await broken()).toEqual([]);
  });

  it('is paid in parts, to the penny, and never beyond what is open', async () => {
    const { bond, north } = await invoiced();
    expect((await receive(north, '92800.00')).body.amount.amount).toBe('92800.00');
    expect((await read(north)).state).toBe('partlyPaid');
    const over = await receive<ProblemBody>(north, '400000.01');
    expect([over.status, over.body.errors[0]?.pointer, over.body.detail]).toEqual([
      422,
      '/amount',
      '£400,000.00 is open of this invoice. Record what is more on the invoice, or as the contribution, that it is for.',
    ]);
    expect((await receive<ProblemBody>(north, '0.00')).status).toBe(422);
    const future = await receive<ProblemBody>(north, '1.00', { receivedOn: '2027-05-04' });
    expect(future.body.errors[0]?.pointer).toBe('/receivedOn');
    await coalition.finance.must(receive(north, '400000.00'));
    const paid = await read(north);
    expect([paid.state, paid.receipts.map(({ amount }) => amount.amount)]).toEqual([
      'paid',
      ['92800.00', '400000.00'],
    ]);
    expect(await booked('bondProceeds')).toBe(-49280000);
    expect(await booked('outcomePaymentsReceivable')).toBe(24640000);
    const [claim] = (
      await coalition.funder.must(
        coalition.funder.get<{ items: { isPaid: boolean }[] }>(`/api/v1/bonds/${bond.id}/claims`),
      )
    ).items;
    expect(claim!.isPaid).toBe(false);
    expect(await broken()).toEqual([]);
  });

  it('is paid once by one bank reference, and once by one key', async () => {
    const { north, south } = await invoiced();
    const key = { 'idempotency-key': 'paid-once' };
    const first = await receive(north, '10.00', {}, key);
    const again = await receive(north, '10.00', {}, key);
    expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', first.body]);
    const twice = await receive<ProblemBody>(north, '10.00');
    expect([twice.status, twice.body.code]).toEqual([409, 'alreadyExists']);
    expect((await receive(south, '10.00')).status).toBe(201);
    expect((await read(north)).received.amount).toBe('10.00');
  });

  it('is open again when a receipt is taken back, by another than who recorded it, and once', async () => {
    const { finance } = coalition;
    const { north } = await invoiced();
    const receipt = await finance.must(receive(north, '492800.00'));
    const own = await reverse<ProblemBody>(receipt, finance);
    expect([own.status, own.body.detail]).toEqual([
      403,
      'You recorded this receipt, so somebody else must reverse it.',
    ]);
    const other = await app.person(`Other finance ${coalitions}`);
    await app.seat(other, coalition.id, 'finance');
    const early = await reverse<ProblemBody>(receipt, other, '2027-05-02');
    expect(early.body.errors[0]?.message).toBe(
      'It happened on 2027-05-03: it cannot be reversed before that.',
    );
    expect((await other.must(reverse(receipt, other))).reversalReason).toBe('For another invoice');
    expect((await reverse<ProblemBody>(receipt, other)).body.detail).toBe(
      'This receipt is reversed already.',
    );
    expect((await read(north)).state).toBe('issued');
    expect(await booked('bondProceeds')).toBe(0);
    expect(await booked('outcomePaymentsReceivable')).toBe(73920000);
    await finance.must(receive(north, '492800.00', { bankReference: 'FT again' }));
    expect(await broken()).toEqual([]);
  });

  it('is in a list that is narrowed and sorted, and exported', async () => {
    const { bond, north } = await invoiced();
    await coalition.finance.must(receive(north, '1.00'));
    const payers = async (query: string) => (await invoicesOf(bond, query)).map(({ payer }) => payer);
    expect(await payers('?state=partlyPaid')).toEqual(['North River Trust']);
    expect(await payers(`?payerId=${coalition.south}`)).toEqual(['South Bank Fund']);
    expect(await payers('?dueBy=2027-06-01')).toEqual([]);
    expect(await payers('?sort=amount')).toEqual(['South Bank Fund', 'North River Trust']);
    const csv = await coalition.finance.get<string>(`/api/v1/bonds/${bond.id}/outcome-invoices`, {
      accept: 'text/csv',
    });
    expect(csv.body.split('\n')).toHaveLength(4);
    expect((await coalition.partner.get(`/api/v1/bonds/${bond.id}/outcome-invoices`)).status).toBe(403);
  });

  it('reminds the payer before and after it is due, each time once, and no more when it is paid', async () => {
    const { north } = await invoiced();
    const mails = () =>
      app.rows<{ to: string; subject: string }>(
        `SELECT to_address AS to, subject FROM mail_messages WHERE template = 'outcomeInvoice.reminder' AND coalition_id = $1
         ORDER BY created_at, id`,
        [coalition.id],
      );
    await app.moveTo('2027-05-27T09:00:00Z');
    const before = await mails();
    expect(before.map(({ to, subject }) => [to, subject])).toContainEqual([
      coalition.funder.email,
      `£492,800.00 of outcome invoice ${north.reference} is due on 2 Jun 2027`,
    ]);
    await app.drain();
    expect(await mails()).toEqual(before);
    await coalition.finance.must(receive(north, '492800.00'));
    await app.moveTo('2027-07-05T09:00:00Z');
    const late = (await mails()).slice(before.length).map(({ subject }) => subject);
    expect(late.filter((subject) => subject.includes(north.reference))).toEqual([]);
    expect(late.length).toBeGreaterThan(0);
    expect(new Set(late).size).toBe(1);
    expect(late[0]).toMatch(/^£246,400\.00 of outcome invoice .* was due on 2 Jun 2027$/);
  });
});

describe('what is left under the caps of a bond', () => {
  it('is told for the bond, each payer and each line of the rate card, at any day', async () => {
    const rateCard = [
      ...[{ metric: 'signUp', title: 'A child signs up', kind: 'per_unit', price: '1680.00' }],
      ...[{ metric: 'job', title: 'A job', kind: 'per_person_once', price: '3300.00', cap: '5000.00' }],
    ];
    const { bond, north } = await invoiced({ rateCard, caps: { bond: '2000000.00' } });
    await coalition.finance.must(receive(north, '92800.00'));
    app.clock.moveTo(new Date('2027-05-10T09:00:00Z'));
    const second = [
      { metric: 'signUp', quantity: '440' },
      { metric: 'job', people: ['a', 'b'] },
    ];
    await bond.verified(second, 2);
    const now = await headroom(bond);
    expect(text(now.bond)).toEqual(['2000000.00', '1483400.00', '516600.00']);
    expect([now.bond.invoiced.amount, now.bond.received.amount]).toEqual(['1094466.67', '92800.00']);
    expect(now.payers.map((payer) => [payer.payer, ...text(payer), payer.received.amount])).toEqual([
      ['North River Trust', '600000.00', '600000.00', '0.00', '92800.00'],
      ['South Bank Fund', null, '494466.67', null, '0.00'],
    ]);
    expect(now.lines.map((line) => [line.metric, ...text(line)])).toEqual([
      ['signUp', null, '1478400.00', null],
      ['job', '5000.00', '5000.00', '0.00'],
    ]);
    const earlier = await headroom(bond, '2027-05-09');
    expect(text(earlier.bond)).toEqual(['2000000.00', '739200.00', '1260800.00']);
    expect(earlier.payers.map(text)).toEqual([
      ['600000.00', '492800.00', '107200.00'],
      [null, '246400.00', null],
    ]);
    expect(earlier.lines.map(text)[1]).toEqual(['5000.00', '0.00', '5000.00']);
    expect(text((await headroom(bond, '2027-05-02')).bond)).toEqual(['2000000.00', '0.00', '2000000.00']);
    expect(await broken()).toEqual([]);
  });
});

describe('a line of the bank', () => {
  interface Suggested {
    kind: string;
    id: string;
    by: string;
    label: string;
  }
  const linesOf = async (...entries: Parameters<typeof camt>[1]): Promise<Line[]> => {
    const bank = new TestBank(app, coalition);
    await bank.send(camt(`S-${crypto.randomUUID()}`, entries));
    const lines = await bank.lines();
    return entries.map((entry) => lines.find(({ reference }) => reference === entry.reference)!);
  };
  const came = (reference: string, amount: string, remittance: string) => ({
    ...{ reference, amount, direction: 'CRDT' as const, on: '2027-05-03', text: remittance },
  });
  const suggested = async ({ id }: Line) =>
    (
      await coalition.finance.must(
        coalition.finance.get<{ items: Suggested[] }>(`/api/v1/bank-lines/${id}/suggestions`),
      )
    ).items;
  const say = <Body = Line>({ id }: Line, how: string, body: object) =>
    coalition.finance.post<Body>(`/api/v1/bank-lines/${id}/${how}`, body);

  it('is suggested to be the invoice that it names, then one of its amount, and becomes its receipt', async () => {
    const { north, south } = await invoiced();
    const [named, same] = await linesOf(
      came('B-1', '492800.00', `OUTCOMES ${north.reference} THANK YOU`),
      came('B-2', '246400.00', 'Outcomes of spring'),
    );
    expect((await suggested(named!))[0]).toMatchObject({
      ...{ kind: 'outcomeInvoice', id: north.id, by: 'reference' },
      label: `Outcome invoice ${north.reference}, North River Trust`,
    });
    expect((await suggested(same!))[0]).toMatchObject({ id: south.id, by: 'amount' });
    const { body } = await say(named!, 'match', { kind: 'outcomeInvoice', id: north.id });
    const paid = await read(north);
    expect(body.parts).toMatchObject([{ kind: 'outcomeReceipt', id: paid.receipts[0]!.id, posted: true }]);
    expect([paid.state, paid.receipts[0]!.bankReference]).toEqual(['paid', 'B-1']);
    expect((await suggested(same!)).some(({ id }) => id === north.id)).toBe(false);
    expect(await broken()).toEqual([]);
  });

  it('that pays two invoices is split, and one that pays a part leaves the rest open', async () => {
    const { north, south } = await invoiced();
    const [both, part] = await linesOf(
      came('B-1', '346400.00', 'Outcomes'),
      came('B-2', '50.00', 'Outcomes, the rest'),
    );
    const split = await say(both!, 'split', {
      parts: [
        { kind: 'outcomeInvoice', id: south.id, amount: '246400.00' },
        { kind: 'outcomeReceipt', newFor: north.id, amount: '100000.00' },
      ],
    });
    expect(split.body.parts.map(({ kind, amount }) => [kind, amount.amount])).toEqual([
      ['outcomeReceipt', '246400.00'],
      ['outcomeReceipt', '100000.00'],
    ]);
    expect([(await read(south)).state, (await read(north)).received.amount]).toEqual(['paid', '100000.00']);
    const late = await say<ProblemBody>(part!, 'match', { kind: 'outcomeInvoice', id: south.id });
    expect(late.body.errors[0]?.pointer).toBe('/amount');
    expect((await say(part!, 'match', { kind: 'outcomeInvoice', id: north.id })).status).toBe(200);
    expect((await read(north)).received.amount).toBe('100050.00');
    expect(await broken()).toEqual([]);
  });

  it('finds a receipt that was recorded by hand, and gives it free again', async () => {
    const { north } = await invoiced();
    const receipt = await coalition.finance.must(receive(north, '492800.00', { bankReference: 'FT 4711' }));
    const [line] = await linesOf(came('B-1', '492800.00', 'FT4711 outcomes'));
    expect((await suggested(line!))[0]).toMatchObject({ kind: 'outcomeReceipt', id: receipt.id });
    const { body } = await say(line!, 'match', { kind: 'outcomeReceipt', id: receipt.id });
    expect(body.parts).toMatchObject([{ kind: 'outcomeReceipt', posted: false }]);
    expect((await say(line!, 'reopen', {})).status).toBe(200);
    expect((await read(north)).state).toBe('paid');
    expect(await broken()).toEqual([]);
  });
});
