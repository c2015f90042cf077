import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { camt, type Line, TestBank } from '../support/bank.js';
import { foundCoalition, type ProblemBody, type TestCoalition } from '../support/coalition.js';

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
  coalition = await foundCoalition(app, `Line Towns ${coalitions}`);
  bank = new TestBank(app, coalition);
});

describe('a line that waits', () => {
  it('is matched by a person to a payment of its amount, which settles it', async () => {
    const paymentId = await bank.approvedPayment();
    const { finance } = coalition;
    await bank.send(
      camt('S-1', [{ reference: 'B-1', amount: '2500.00' }], { opening: '10000.00', closing: '7500.00' }),
    );
    const [line] = await bank.lines();
    const matched = await finance.post<Line>(`/api/v1/bank-lines/${line!.id}/match`, {
      ...{ kind: 'disbursement', id: paymentId },
    });
    expect(matched.body).toMatchObject({
      state: 'matched',
      parts: [{ kind: 'disbursement', id: paymentId, posted: true }],
    });
    expect(await bank.stateOf(paymentId)).toEqual({ state: 'settled', instalment: 'paid' });
    const back = await finance.post<ProblemBody>(`/api/v1/bank-lines/${line!.id}/reopen`);
    expect(back.status).toBe(409);
    expect(await bank.broken()).toEqual([]);
  });

  it('is not matched to a payment of another amount', async () => {
    const paymentId = await bank.approvedPayment();
    await bank.send(
      camt('S-1', [{ reference: 'B-1', amount: '2499.99' }], { opening: '10.00', closing: '10.00' }),
    );
    const [line] = await bank.lines();
    const refused = await coalition.finance.post<ProblemBody>(`/api/v1/bank-lines/${line!.id}/match`, {
      ...{ kind: 'disbursement', id: paymentId },
    });
    expect([refused.status, refused.body.errors[0]]).toMatchObject([
      422,
      { pointer: '/id', message: 'The line names a payment of another amount.' },
    ]);
  });

  it('is set aside with a reason, and put back', async () => {
    const { finance } = coalition;
    await bank.send(
      camt('S-1', [{ reference: 'B-1', amount: '9.00' }], { opening: '10.00', closing: '1.00' }),
    );
    const [line] = await bank.lines();
    const aside = await finance.post<Line>(`/api/v1/bank-lines/${line!.id}/set-aside`, {
      reason: 'Not ours',
    });
    expect(aside.body).toMatchObject({ state: 'setAside', note: 'Not ours' });
    const back = await finance.post<Line>(`/api/v1/bank-lines/${line!.id}/reopen`);
    expect(back.body).toMatchObject({ state: 'unmatched', note: null });
  });
});

describe('a line that nobody has recorded yet', () => {
  it('is posted as a contribution of a funder, or as a charge of the bank, with its own day and reference', async () => {
    app.clock.moveTo(new Date('2026-12-04T09:00:00Z'));
    const lines = [
      { reference: 'B-1', amount: '300.00', direction: 'CRDT' as const },
      { reference: 'B-2', amount: '12.50' },
    ];
    await bank.send(camt('S-1', lines, { opening: '0.00', closing: '287.50' }));
    const [came, taken] = await bank.lines();
    const { finance, south } = coalition;
    const post = <Body = Line>(line: Line, what: 'contribution' | 'charge', body: object = {}) =>
      finance.post<Body>(`/api/v1/bank-lines/${line.id}/${what}`, body);
    expect((await post<ProblemBody>(taken!, 'contribution', { funderId: south })).body.code).toBe(
      'stateForbids',
    );
    expect((await post<ProblemBody>(came!, 'charge')).body.code).toBe('stateForbids');
    expect((await post(came!, 'contribution', { funderId: south })).body.state).toBe('matched');
    expect((await post(taken!, 'charge')).body.state).toBe('matched');
    expect((await post<ProblemBody>(taken!, 'charge')).body.code).toBe('stateForbids');
    const posted = await app.rows(
      `SELECT c.bank_reference AS came, c.received_on::text AS "on", b.bank_reference AS taken, b.note
       FROM contributions c JOIN bank_charges b ON b.pool_id = c.pool_id
       WHERE c.pool_id = '${coalition.poolId}' AND c.funder_id = '${south}'`,
    );
    expect(posted).toEqual([{ came: 'B-1', on: '2026-12-02', taken: 'B-2', note: 'Line B-2' }]);
    expect(await bank.broken()).toEqual([]);
  });
});
