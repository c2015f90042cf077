import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { endToEndId } from '../../src/payments/batches/end-to-end-id.js';
import { TestApp } from '../support/app.js';
import { type Booked, camt, type Line, TestBank } from '../support/bank.js';
import { foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface Suggestions {
  items: { kind: string; id: string; label: string; by: string; reason: string }[];
}

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
  coalition = await foundCoalition(app, `Kind Towns ${coalitions}`, { pool: { refundPolicy: 'pro_rata' } });
  bank = new TestBank(app, coalition);
});

/** The lines of one statement, in its order. */
async function linesOf(...entries: Booked[]): Promise<Line[]> {
  app.clock.moveTo(new Date('2026-12-04T09:00:00Z'));
  await bank.send(camt(`S-${crypto.randomUUID()}`, entries));
  const lines = await bank.lines();
  return entries.map((entry) => lines.find(({ reference }) => reference === entry.reference)!);
}
const suggested = async ({ id }: Line) =>
  (await coalition.finance.must(coalition.finance.get<Suggestions>(`/api/v1/bank-lines/${id}/suggestions`)))
    .items;
const match = <Body = Line>({ id }: Line, body: object) =>
  coalition.finance.post<Body>(`/api/v1/bank-lines/${id}/match`, body);
const ask = async (path: string, body: object) => {
  const { finance, poolId } = coalition;
  return finance.must(
    finance.post<{ id: string; approvalId: string }>(`/api/v1/pools/${poolId}/${path}`, body),
  );
};
const stateIn = async (table: string, id: string) =>
  (
    await app.rows<{ state: string; ref: string | null }>(
      `SELECT state, bank_reference AS ref FROM ${table} WHERE id = $1`,
      [id],
    )
  )[0];

describe('a line of the bank', () => {
  it('pays a refund that is approved, and not one that nobody has approved', async () => {
    await fund(coalition, '1000.00');
    const refund = await ask('refunds', { amount: '400.00', reason: 'It ends' });
    const [line] = await linesOf({ reference: 'B-1', amount: '400.00' });
    expect(await suggested(line!)).toEqual([]);
    expect((await match<ProblemBody>(line!, { kind: 'refund', id: refund.id })).body.code).toBe(
      'stateForbids',
    );
    await bank.approve(refund.approvalId);
    expect((await suggested(line!)).map(({ kind, id, by }) => [kind, id, by])).toEqual([
      ['refund', refund.id, 'amount'],
    ]);
    const { body } = await match(line!, { kind: 'refund', id: refund.id });
    expect(body.parts).toMatchObject([{ kind: 'refund', id: refund.id, posted: true }]);
    expect(await stateIn('refunds', refund.id)).toEqual({ state: 'paid', ref: 'B-1' });
    const back = await coalition.finance.post<ProblemBody>(`/api/v1/bank-lines/${line!.id}/reopen`);
    expect(back.body.detail).toBe('The line paid a refund: that stands in the ledger.');
    expect(await bank.broken()).toEqual([]);
  });

  it('shows a refund that was recorded by hand, named by its bank reference', async () => {
    await fund(coalition, '1000.00');
    const { finance } = coalition;
    const refund = await ask('refunds', { amount: '400.00', reason: 'It ends' });
    await bank.approve(refund.approvalId);
    const paid = { bankReference: 'BACS 4711', paidOn: '2026-11-23' };
    await finance.must(finance.post(`/api/v1/refunds/${refund.id}/pay`, paid));
    const [line] = await linesOf({ reference: 'B-1', amount: '400.00', text: 'OUT BACS4711' });
    const [first] = await suggested(line!);
    expect(first).toMatchObject({
      ...{ kind: 'refund', id: refund.id, by: 'reference' },
      reason: 'recorded as paid on 23 Nov 2026; the line names “BACS 4711”, 9 days apart',
    });
    const { body } = await match(line!, { kind: first!.kind, id: first!.id });
    expect(body.parts).toMatchObject([{ posted: false }]);
    expect((await finance.post(`/api/v1/bank-lines/${line!.id}/reopen`)).status).toBe(200);
    expect(await bank.broken()).toEqual([]);
  });

  it('pays the host its fees', async () => {
    const { backbone, poolId, south } = coalition;
    await backbone.must(
      backbone.patch(`/api/v1/pools/${poolId}`, { feeBasisPoints: 100, feeHostId: south }, 1),
    );
    await fund(coalition, '1000.00');
    const fee = await ask('fee-payments', { hostId: south });
    await bank.approve(fee.approvalId);
    const [line] = await linesOf({ reference: 'B-1', amount: '10.00' });
    expect((await match(line!, { kind: 'feePayment', id: fee.id })).body.state).toBe('matched');
    expect(await stateIn('fee_payments', fee.id)).toEqual({ state: 'paid', ref: 'B-1' });
    expect(await bank.broken()).toEqual([]);
  });

  it('records what a partner gives back, or finds it recorded', async () => {
    const { finance } = coalition;
    const paymentId = await bank.approvedPayment();
    const [out, back, known] = await linesOf(
      { reference: 'B-1', amount: '2500.00', names: endToEndId(paymentId) },
      { reference: 'B-2', amount: '400.00', direction: 'CRDT', on: '2026-12-03' },
      { reference: 'B-3', amount: '100.00', direction: 'CRDT', on: '2026-12-04' },
    );
    expect(out!.state).toBe('matched');
    const [grant] = await app.rows<{ id: string }>(`SELECT grant_id AS id FROM disbursements WHERE id = $1`, [
      paymentId,
    ]);
    const returned = await finance.post<Line>(`/api/v1/bank-lines/${back!.id}/split`, {
      parts: [{ kind: 'grantReturn', newFor: grant!.id, amount: '400.00' }],
    });
    expect(returned.body.state).toBe('matched');
    const recorded = await finance.must(
      finance.post<{ id: string }>(`/api/v1/grants/${grant!.id}/returns`, {
        ...{ amount: '100.00', receivedOn: '2026-12-04', bankReference: 'RET 9' },
      }),
    );
    expect((await suggested(known!))[0]).toMatchObject({ kind: 'grantReturn', id: recorded.id });
    expect((await match(known!, { kind: 'grantReturn', id: recorded.id })).body.parts).toMatchObject([
      { posted: false },
    ]);
    expect(await bank.broken()).toEqual([]);
  });

  it('that names a payment which was recorded by hand shows it, by itself; so does what it brings back', async () => {
    const { finance } = coalition;
    const paymentId = await bank.approvedPayment();
    const settled = { bankReference: 'BY HAND', paidOn: '2026-12-02' };
    await finance.must(finance.post(`/api/v1/disbursements/${paymentId}/settle`, settled));
    const names = endToEndId(paymentId);
    const [out] = await linesOf({ reference: 'B-1', amount: '2500.00', names });
    expect(out!.parts).toMatchObject([{ kind: 'disbursement', id: paymentId, posted: false }]);
    const [back] = await linesOf({
      reference: 'B-2',
      amount: '2500.00',
      names,
      direction: 'CRDT',
      back: true,
    });
    expect(back!.parts).toMatchObject([{ kind: 'disbursement', id: paymentId, posted: true }]);
    expect(await bank.stateOf(paymentId)).toEqual({ state: 'returned', instalment: 'due' });
    const [again] = await linesOf({ reference: 'B-3', amount: '2500.00', names });
    expect([again!.state, again!.note]).toEqual(['unmatched', 'Another line was found to be this already.']);
    expect(await bank.broken()).toEqual([]);
  });

  it('that went out is not found to be money that came', async () => {
    await fund(coalition, '12.50');
    const [contribution] = await app.rows<{ id: string }>(
      `SELECT id FROM contributions WHERE pool_id = '${coalition.poolId}'`,
    );
    const [line] = await linesOf({ reference: 'B-1', amount: '12.50' });
    const refused = await match<ProblemBody>(line!, { kind: 'contribution', id: contribution!.id });
    expect(refused.body.errors).toMatchObject([
      { pointer: '/kind', message: 'This line is money that went out.' },
    ]);
  });
});
