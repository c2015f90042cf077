import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, TestApp } from '../support/app.js';
import { isAsKept } from '../support/as-kept.js';
import { type ClaimBody, TestBond } from '../support/bond.js';
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

describe('a claim', () => {
  it.each([
    [17, 'The term ends on 2030-12-31, with period 16. Nothing is claimed after it.'],
    [3, 'Period 3 begins on 2027-07-01: its outcomes cannot have been reached yet.'],
  ])('is not made for period %d', async (period, sentence) => {
    const bond = await TestBond.active(app, coalition);
    const { status, body } = await bond.make<ProblemBody>([{ metric: 'signUp', quantity: '1' }], period);
    expect([status, body.errors[0]?.pointer, body.errors[0]?.message]).toEqual([422, '/period', sentence]);
  });

  it.each([
    [{ metric: 'exams', quantity: '1' }, 'metric', 'The rate card has no metric “exams”.'],
    [
      { metric: 'signUp', value: '1' },
      'value',
      '“A child signs up” is paid by how many, and takes no value beside.',
    ],
    [{ metric: 'signUp' }, 'quantity', 'Say how many of “A child signs up”.'],
    [
      { metric: 'attendance', quantity: '4' },
      'value',
      'Say which value of “Attendance over a year” was reached.',
    ],
  ])('that the rate card cannot price is refused: %j', async (line, field, sentence) => {
    const bond = await TestBond.active(app, coalition);
    const { body } = await bond.make<ProblemBody>([line]);
    expect([body.errors[0]?.pointer, body.errors[0]?.message]).toEqual([`/lines/0/${field}`, sentence]);
  });

  it('under which the contract was amended is neither handed in nor verified, and says what to do', async () => {
    const bond = await TestBond.active(app, coalition);
    const submitted = await bond.submitted([{ metric: 'signUp', quantity: '1' }]);
    const draft = await partner.must(bond.make([{ metric: 'signUp', quantity: '2' }]));
    const { finance } = coalition;
    const { terms } = (
      await finance.must(finance.get<{ versions: { terms: object }[] }>(`/api/v1/bonds/${bond.id}`))
    ).versions[0]!;
    await finance.must(
      finance.post(`/api/v1/bonds/${bond.id}/versions`, {
        ...{ reason: 'A longer time to pay', terms: { ...terms, invoiceDueDays: 45 } },
      }),
    );
    await bond.sign();
    const verify = await bond.verify<ProblemBody>(submitted);
    expect([verify.status, verify.body.detail]).toEqual([
      409,
      'The contract was amended: the claim was made under version 1, and version 2 holds. Reject it, so that it is claimed again under the new version.',
    ]);
    const submit = await bond.step<ProblemBody>(draft.id, 'submit');
    expect([submit.status, submit.body.detail]).toEqual([
      409,
      'The contract was amended: the claim was made under version 1, and version 2 holds. Save the claim again, so that it is under the new one.',
    ]);
    const body = { period: 1, lines: [{ metric: 'signUp', quantity: '2' }] };
    expect((await partner.patch<ProblemBody>(`/api/v1/claims/${draft.id}`, body, 9)).status).toBe(412);
    const changed = await partner.must(
      partner.patch<ClaimBody>(`/api/v1/claims/${draft.id}`, body, draft.version),
    );
    expect(changed.termsNumber).toBe(2);
    const again = await partner.must(bond.step(draft.id, 'submit'));
    expect((await bond.verify(again)).body.net?.amount).toBe('3360.00');
    await bond.verifier.must(bond.step(submitted.id, 'reject', { reason: 'Amended' }, bond.verifier));
    await isAsKept(bond, 1);
  });

  it('is made by the provider of its own bond only', async () => {
    const bond = await TestBond.active(app, coalition);
    const hill = await app.person(`Hill of ${bond.reference}`);
    await app.seat(hill, coalition.id, 'partner', coalition.hill);
    const lines = [{ metric: 'signUp', quantity: '1' }];
    expect((await bond.make(lines, 1, hill)).status).toBe(404);
    expect((await bond.make(lines, 1, coalition.finance)).status).toBe(403);
    const { id } = await partner.must(bond.make(lines));
    expect((await hill.get(`/api/v1/claims/${id}`)).status).toBe(404);
    expect((await hill.get(`/api/v1/bonds/${bond.id}/recalculation`)).status).toBe(404);
  });
});
