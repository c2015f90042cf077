import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { isAsKept, recalculation } from '../support/as-kept.js';
import { TestBond, workingsOf } from '../support/bond.js';
import { foundCoalition, type ProblemBody, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;

beforeAll(async () => {
  app = await TestApp.start({ now: '2027-05-03T09:00:00Z' });
  coalition = await foundCoalition(app);
});
afterAll(() => app?.stop());

const signUp = { metric: 'signUp', title: 'A child signs up', kind: 'per_unit', price: '1680.00' };
const level = (metric: string) => ({ metric, title: metric, kind: 'per_person_once', price: '3300.00' });
const open = (more: object = {}) => ({ caps: {}, ...more });

describe('a verified claim', () => {
  it('of sign-ups comes to the quantity times the price, in the shares of the payers, who are invoiced', async () => {
    const bond = await TestBond.active(app, coalition);
    const claim = await bond.verified([{ metric: 'signUp', quantity: '440' }]);
    expect(workingsOf(claim)).toEqual([
      '440 × 1680.00 = 739200.00; net 739200.00; North 492800.00; South 246400.00',
    ]);
    expect(claim).toMatchObject({ state: 'verified', isPaid: false, termsNumber: 1, number: 1, period: 1 });
    expect([claim.net?.amount, claim.paidByPayers?.amount]).toEqual(['739200.00', '739200.00']);
    expect([claim.decidedBy, claim.lines[0]!.verdict]).toEqual([bond.verifier.name, 'accepted']);
    await isAsKept(bond, 1);
  });

  it('counts a person once, and says who was counted before or named twice', async () => {
    const bond = await TestBond.active(app, coalition, open({ rateCard: [level('level3')] }));
    const first = await bond.verified([{ metric: 'level3', people: ['Pupil 17', 'pupil17', 'Pupil 18'] }]);
    expect(workingsOf(first)).toEqual([
      '2 people × 3300.00, 1 named twice = 6600.00; net 6600.00; North 4400.00; South 2200.00',
    ]);
    const second = await bond.verified([{ metric: 'level3', people: ['PUPIL 18', 'Pupil 19'] }], 2);
    expect(workingsOf(second)).toEqual([
      '1 person × 3300.00, 1 counted before = 3300.00; net 3300.00; North 2200.00; South 1100.00',
    ]);
    const none = await bond.verified([{ metric: 'level3', people: ['Pupil 19'] }], 2);
    expect(workingsOf(none)).toEqual(['0 people × 3300.00, 1 counted before = 0.00; net 0.00']);
    expect([none.state, none.isPaid, none.net?.amount]).toEqual(['verified', null, '0.00']);
    await isAsKept(bond, 3);
  });

  it('is trimmed by the cap for a person, over all metrics', async () => {
    const bond = await TestBond.active(app, coalition, {
      ...{ caps: { person: '5000.00' }, rateCard: [level('level2'), level('level3')] },
    });
    const claim = await bond.verified([
      { metric: 'level2', people: ['a', 'b'] },
      { metric: 'level3', people: ['b', 'c'] },
    ]);
    expect(workingsOf(claim)).toEqual([
      '2 people × 3300.00 = 6600.00; net 6600.00; North 4400.00; South 2200.00',
      '2 people × 3300.00 = 6600.00; person −1600.00; net 5000.00; North 3333.33; South 1666.67',
    ]);
    await isAsKept(bond, 1);
  });

  it.each([
    ['59.99', '450 × the price at 59.99 = 1350.00'],
    ['60', '450 × the price at 60 = 3375.00'],
    ['65', '450 × the price at 65 = 5400.00'],
    ['54.9', '450 × the price at 54.9 = 0.00'],
  ])('at %s, a bound of a band, is priced by the band that the bound belongs to', async (value, working) => {
    const bond = await TestBond.active(app, coalition);
    const claim = await bond.verified([{ metric: 'attendance', value, quantity: '450' }]);
    expect(workingsOf(claim)[0]!.startsWith(`${working};`)).toBe(true);
  });

  it('that reaches the cap of the bond, or of a line, says what the cap took', async () => {
    const bond = await TestBond.active(app, coalition, {
      ...{ caps: { bond: '900000.00' }, payers: [{ organisationId: coalition.north, weight: '1' }] },
      rateCard: [signUp, { ...level('job'), cap: '5000.00' }],
    });
    await bond.verified([{ metric: 'signUp', quantity: '440' }]);
    const second = await bond.verified(
      [
        { metric: 'job', people: ['a', 'b'] },
        { metric: 'signUp', quantity: '440' },
      ],
      2,
    );
    expect(workingsOf(second)).toEqual([
      '2 people × 3300.00 = 6600.00; line −1600.00; net 5000.00; North 5000.00',
      '440 × 1680.00 = 739200.00; bond −583400.00; net 155800.00; North 155800.00',
    ]);
    const third = await bond.verified([{ metric: 'signUp', quantity: '1' }], 2);
    expect(workingsOf(third)).toEqual(['1 × 1680.00 = 1680.00; bond −1680.00; net 0.00']);
    await isAsKept(bond, 3);
  });

  it('that reaches the cap of a payer leaves what exceeds it unpaid, and asks nobody else for it', async () => {
    const bond = await TestBond.active(app, coalition, open());
    await bond.verified([{ metric: 'signUp', quantity: '440' }]);
    const second = await bond.verified([{ metric: 'signUp', quantity: '440' }], 2);
    expect(workingsOf(second)).toEqual([
      '440 × 1680.00 = 739200.00; net 739200.00; North 107200.00, unpaid 385600.00; South 246400.00',
    ]);
    expect([second.net?.amount, second.paidByPayers?.amount]).toEqual(['739200.00', '353600.00']);
    await isAsKept(bond, 2);
  });

  it('claims again in the next period what the cap of a period took, where the contract carries it forward', async () => {
    const terms = { caps: { period: '500000.00' }, carryForward: true };
    const bond = await TestBond.active(app, coalition, terms);
    const first = await bond.verified([{ metric: 'signUp', quantity: '440' }]);
    expect(workingsOf(first)).toEqual([
      '440 × 1680.00 = 739200.00; period −239200.00; net 500000.00; North 333333.33; South 166666.67',
    ]);
    const second = await bond.verified([{ metric: 'signUp', quantity: '10' }], 2);
    expect(workingsOf(second)).toEqual([
      'Claimed again: a period’s cap had trimmed it = 239200.00; net 239200.00; North 159466.67; South 79733.33',
      '10 × 1680.00 = 16800.00; net 16800.00; North 11200.00; South 5600.00',
    ]);
    expect(second.workings.map(({ lineId }) => lineId)).toEqual([null, second.lines[0]!.id]);
    await isAsKept(bond, 2);
  });

  it('has each line accepted, reduced or rejected, with the reason', async () => {
    const bond = await TestBond.active(app, coalition, open({ rateCard: [signUp, level('level3')] }));
    const claim = await bond.submitted([
      { metric: 'signUp', quantity: '440' },
      { metric: 'level3', people: ['a', 'b', 'c'] },
      { metric: 'signUp', quantity: '5' },
    ]);
    const bad = async (...findings: (object | undefined)[]) => {
      const { status, body } = await bond.verify<ProblemBody>(claim, findings);
      return [status, body.errors[0]?.pointer, body.errors[0]?.message];
    };
    expect(await bad({ verdict: 'rejected' })).toEqual([
      422,
      '/lines/0/reason',
      'Say why not all of it is accepted.',
    ]);
    expect(await bad({ verdict: 'reduced', quantity: '441', reason: 'x' })).toEqual([
      422,
      '/lines/0/quantity',
      '441 is more than the 440 that were claimed.',
    ]);
    expect(await bad({ verdict: 'accepted', quantity: '400' })).toEqual([
      422,
      '/lines/0/verdict',
      'Only a line that is reduced has figures of its own.',
    ]);
    expect(await bad(undefined, { verdict: 'reduced', notAccepted: ['d'], reason: 'x' })).toEqual([
      422,
      '/lines/1/notAccepted',
      'Somebody is named who was not claimed.',
    ]);
    const { body } = await bond.verify(claim, [
      { verdict: 'reduced', quantity: '431', reason: '9 had signed up before' },
      { verdict: 'reduced', notAccepted: ['B'], reason: 'No certificate' },
      { verdict: 'rejected', reason: 'Of another school' },
    ]);
    expect(workingsOf(body)).toEqual([
      '431 × 1680.00 = 724080.00; net 724080.00; North 482720.00; South 241360.00',
      '2 people × 3300.00 = 6600.00; net 6600.00; North 4400.00; South 2200.00',
      '0 × 1680.00 = 0.00; net 0.00',
    ]);
    expect(
      body.lines.map(({ verdict, acceptedQuantity, reason }) => [verdict, acceptedQuantity, reason]),
    ).toEqual([
      ['reduced', '431', '9 had signed up before'],
      ['reduced', null, 'No certificate'],
      ['rejected', '0', 'Of another school'],
    ]);
    expect(body.lines[1]!.people.map(({ isAccepted }) => isAccepted)).toEqual([true, false, true]);
    await isAsKept(bond, 1);
  });

  it('whose keeping was damaged is told by working it out again', async () => {
    const bond = await TestBond.active(app, coalition, open());
    const claim = await bond.verified([{ metric: 'signUp', quantity: '2' }]);
    const damage = (accepted: string) =>
      app.asSuperuser(`UPDATE outcome_claim_lines SET accepted_quantity = ${accepted}, verdict = 'reduced', reason = 'x'
        WHERE claim_id = '${claim.id}'`);
    await damage('1');
    const { isEqual, claims } = await recalculation(bond);
    expect([isEqual, claims[0]!.isEqual]).toEqual([false, false]);
    expect(claims[0]!.differences).toContain('Working 1: gross is kept as 336000, and comes to 168000.');
    await damage('2');
    await isAsKept(bond, 1);
  });
});
