import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, TestApp } from '../support/app.js';
import { isAsKept } from '../support/as-kept.js';
import { TestBond } from '../support/bond.js';
import { foundCoalition, type ProblemBody, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;
let partner: Client;

beforeAll(async () => {
  app = await TestApp.start({ now: '2027-05-03T09:00:00Z' });
  coalition = await foundCoalition(app);
  partner = coalition.partner;
});
afterAll(() => app?.stop());

describe('a verifier', () => {
  it('is nobody who made the claim, who sits for the provider or an investor, or whom the contract does not name', async () => {
    const bond = await TestBond.active(app, coalition);
    const claim = await bond.submitted([{ metric: 'signUp', quantity: '1' }]);
    const seated = async (name: string, ...organisations: string[]) => {
      const person = await app.person(name);
      for (const organisationId of organisations)
        await app.seat(person, coalition.id, 'verifier', organisationId);
      return person;
    };
    const refusal = async (who: Client) => {
      const { status, body } = await bond.verify<ProblemBody>(claim, [], who);
      return [status, body.code, body.detail];
    };
    await app.seat(partner, coalition.id, 'verifier', bond.lab);
    expect(await refusal(partner)).toEqual([
      403,
      'makerIsChecker',
      'You made or handed in this claim, so somebody else verifies it.',
    ]);
    const ofProvider = await seated('Provider Verifier', bond.lab, coalition.stream);
    expect(await refusal(ofProvider)).toEqual([
      403,
      'makerIsChecker',
      'You belong to the provider, whose claim this is.',
    ]);
    const ofInvestor = await seated('Investor Verifier', bond.lab, bond.investor);
    expect(await refusal(ofInvestor)).toEqual([
      403,
      'makerIsChecker',
      'You belong to an investor, who is paid by what is verified.',
    ]);
    const other = await seated('Other Verifier', coalition.hill);
    expect(await refusal(other)).toEqual([403, 'forbidden', 'The contract names another verifier.']);
    expect((await bond.verify(claim, [], coalition.finance)).status).toBe(403);
    for (const who of [ofProvider, ofInvestor, other])
      expect((await bond.step(claim.id, 'reject', { reason: 'No' }, who)).status).toBe(403);
    expect((await bond.verify(claim)).status).toBe(200);
  });

  it('rejects a claim whole, for a reason, and it may be claimed again', async () => {
    const bond = await TestBond.active(app, coalition);
    const { id } = await bond.submitted([{ metric: 'signUp', quantity: '1' }]);
    const rejected = await bond.verifier.must(
      bond.step(id, 'reject', { reason: 'Attendance of another year' }, bond.verifier),
    );
    expect([rejected.state, rejected.decidedReason, rejected.net]).toEqual([
      'rejected',
      'Attendance of another year',
      null,
    ]);
    expect((await bond.verify<ProblemBody>(rejected)).body.detail).toBe(
      'The claim is rejected. Only one that was handed in is verified or rejected.',
    );
    expect((await bond.verified([{ metric: 'signUp', quantity: '1' }])).number).toBe(2);
    await isAsKept(bond, 1);
  });

  it('verifies a claim once, though asked twice', async () => {
    const bond = await TestBond.active(app, coalition);
    const claim = await bond.submitted([{ metric: 'signUp', quantity: '3' }]);
    expect((await bond.step<ProblemBody>(claim.id, 'submit')).body.detail).toBe(
      'The claim is submitted. Only a draft is changed or handed in.',
    );
    const key = { 'idempotency-key': 'verify-once' };
    const [first, again] = [
      await bond.verify(claim, [], bond.verifier, key),
      await bond.verify(claim, [], bond.verifier, key),
    ];
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    const other = await bond.verify<ProblemBody>(claim);
    expect([other.status, other.body.code]).toEqual([409, 'stateForbids']);
    const invoices = await app.rows(`SELECT 1 FROM outcome_invoices WHERE source_id = $1`, [claim.id]);
    expect(invoices).toHaveLength(2);
  });

  it('verifies two claims at once that together exceed a cap, and the cap holds', async () => {
    const bond = await TestBond.active(app, coalition);
    const claims = [
      await bond.submitted([{ metric: 'signUp', quantity: '400' }]),
      await bond.submitted([{ metric: 'signUp', quantity: '400' }], 2),
    ];
    const verified = await Promise.all(claims.map((claim) => bond.verify(claim)));
    expect(verified.map(({ status }) => status)).toEqual([200, 200]);
    const nets = verified.map(({ body }) => body.net!.amount).sort();
    expect(nets).toEqual(['228000.00', '672000.00']);
    await isAsKept(bond, 2);
  });
});
