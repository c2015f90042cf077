import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { camt, type Line, TestBank } from '../support/bank.js';
import { Browser } from '../support/browser.js';
import { foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let bank: TestBank;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  coalitions += 1;
  coalition = await foundCoalition(app, `Split Towns ${coalitions}`);
  bank = new TestBank(app, coalition);
});

/** The one line of a statement. */
async function line(amount: string, direction: 'CRDT' | 'DBIT', text?: string): Promise<Line> {
  app.clock.moveTo(new Date('2026-12-04T09:00:00Z'));
  await bank.send(camt('S-1', [{ reference: 'B-1', amount, direction, text }]));
  return (await bank.lines())[0]!;
}
const split = <Body = Line>({ id }: Line, parts: object[]) =>
  coalition.finance.post<Body>(`/api/v1/bank-lines/${id}/split`, { parts });
const reopen = <Body = Line>({ id }: Line) => coalition.finance.post<Body>(`/api/v1/bank-lines/${id}/reopen`);

describe('a line that is made of several parts', () => {
  it('may be two contributions; put back it waits, and is found to be the same two', async () => {
    const { north, south } = coalition;
    const credit = await line('500.00', 'CRDT');
    const { body } = await split(credit, [
      { kind: 'contribution', newFor: north, amount: '300.00' },
      { kind: 'contribution', newFor: south, amount: '200.00' },
    ]);
    expect([body.state, body.parts.map(({ amount }) => amount.amount)]).toEqual([
      'matched',
      ['300.00', '200.00'],
    ]);
    expect(
      await app.rows(
        `SELECT bank_reference AS ref FROM contributions WHERE pool_id = '${coalition.poolId}' ORDER BY 1`,
      ),
    ).toEqual([{ ref: 'B-1/1' }, { ref: 'B-1/2' }]);
    expect(await bank.broken()).toEqual([]);

    expect((await reopen(credit)).body).toMatchObject({ state: 'unmatched', parts: [] });
    const again = body.parts.map(({ kind, id, amount }) => ({ kind, id, amount: amount.amount }));
    const found = await split(credit, again);
    expect(found.body.parts.map(({ id, posted }) => [id, posted])).toEqual(
      again.map(({ id }) => [id, false]),
    );
    expect(await bank.broken()).toEqual([]);
  });

  it('may be a payment and what the bank took for it; since it paid, it is not put back', async () => {
    const paymentId = await bank.approvedPayment();
    const debit = await line('2512.50', 'DBIT');
    const { body } = await split(debit, [
      { kind: 'disbursement', id: paymentId, amount: '2500.00' },
      { kind: 'bankCharge', amount: '12.50', note: 'Urgent' },
    ]);
    expect(body.parts.map(({ kind, amount }) => [kind, amount.amount])).toEqual([
      ['disbursement', '-2500.00'],
      ['bankCharge', '-12.50'],
    ]);
    expect(await bank.stateOf(paymentId)).toEqual({ state: 'settled', instalment: 'paid' });
    expect((await reopen<ProblemBody>(debit)).body.detail).toMatch(/^The line settled a payment/);
    expect(await bank.broken()).toEqual([]);
  });

  it('may be a contribution less what banks took on its way', async () => {
    const credit = await line('97.00', 'CRDT');
    const { body } = await split(credit, [
      { kind: 'contribution', newFor: coalition.north, amount: '100.00' },
      { kind: 'bankCharge', amount: '3.00' },
    ]);
    expect(body.state).toBe('matched');
    const [cash] = await app.rows(
      `SELECT balance::text FROM accounts WHERE kind = 'cash' AND pool_id = '${coalition.poolId}'`,
    );
    expect(cash).toEqual({ balance: '9700' });
    expect(await bank.broken()).toEqual([]);
  });

  it.each([
    ['come short', [{ kind: 'bankCharge', amount: '12.49' }], '/parts'],
    [
      'are of an unknown kind',
      [
        { kind: 'bankCharge', amount: '1.00' },
        { kind: 'gift', amount: '11.50' },
      ],
      '/parts/1/kind',
    ],
    [
      'hold one that cannot be',
      [
        { kind: 'bankCharge', amount: '1.00' },
        { kind: 'refund', id: '01a211ac-1c39-75ae-8607-ac15c47839e4', amount: '11.50' },
      ],
      '/parts/1/id',
    ],
    ['want a new payment', [{ kind: 'disbursement', amount: '12.50' }], '/parts/0/id'],
    ['have too many decimals', [{ kind: 'bankCharge', amount: '12.500' }], '/parts/0/amount'],
  ])('is refused whole when the parts %s', async (_, parts, pointer) => {
    await fund(coalition, '1000.00');
    const debit = await line('12.50', 'DBIT');
    const { status, body } = await split<ProblemBody>(debit, parts);
    expect([status, body.errors.map((error) => error.pointer)]).toEqual([422, [pointer]]);
    expect((await bank.lines())[0]!.state).toBe('unmatched');
    expect(await app.rows(`SELECT 1 FROM bank_charges WHERE pool_id = '${coalition.poolId}'`)).toEqual([]);
  });

  it('is not split twice, nor does a document stand on two lines', async () => {
    const { finance, north } = coalition;
    const credit = await line('50.00', 'CRDT');
    const { body } = await split(credit, [{ kind: 'contribution', newFor: north, amount: '50.00' }]);
    expect((await split<ProblemBody>(credit, [])).status).toBe(400);
    const twice = [{ kind: 'contribution', newFor: north, amount: '50.00' }];
    expect((await split<ProblemBody>(credit, twice)).body.code).toBe('stateForbids');
    await bank.send(camt('S-2', [{ reference: 'B-2', amount: '50.00', direction: 'CRDT' }]));
    const other = (await bank.lines()).find(({ reference }) => reference === 'B-2')!;
    const { kind, id } = body.parts[0]!;
    const refused = await finance.post<ProblemBody>(`/api/v1/bank-lines/${other.id}/match`, { kind, id });
    expect(refused.body.errors).toMatchObject([
      { pointer: '/id', message: 'Another line was found to be this already.' },
    ]);
  });

  it('is never left half matched, not even behind the application', async () => {
    const credit = await line('50.00', 'CRDT');
    await expect(
      app.rows(`UPDATE bank_statement_lines SET state = 'matched', decided_at = now() WHERE id = $1`, [
        credit.id,
      ]),
    ).rejects.toThrow(/its parts come to/);
  });
});

describe('splitting on the page', () => {
  it('is refused with what is missing and nothing lost, and then done', async () => {
    await fund(coalition, '1000.00');
    const credit = await line('500.00', 'CRDT', 'Two gifts');
    const browser = await Browser.of(app, coalition.finance);
    const home = `/bank-lines/${credit.id}`;
    expect((await browser.get(home)).html).toContain('Contribution from South Bank Fund');
    const part = (index: number, funder: string, amount: string) => ({
      [`parts[${index}].is`]: `contribution new ${funder}`,
      [`parts[${index}].amount`]: amount,
    });
    const submit = (second: string) =>
      browser.submit(
        `${home}/split`,
        {
          ...{ ...part(0, coalition.north, '300'), ...part(1, coalition.south, second) },
          _idempotencyKey: crypto.randomUUID(),
        },
        home,
      );
    const refused = await submit('100');
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('The parts come to £400.00, and the line is £500.00: £100.00 is missing.');
    expect(refused.html).toContain('value="300.00"');
    const done = await submit('200');
    expect([done.status, done.location]).toEqual([303, `/pools/${coalition.poolId}/bank`]);
    const after = await browser.get(home);
    expect(after.html).toContain('posted by this line');
    expect(after.html).toContain('Put it back into the queue');
  });
});
