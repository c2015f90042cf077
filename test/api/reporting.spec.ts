import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RequirementAnswer } from '../../src/reporting/requirement.dto.js';
import { type Client, TestApp } from '../support/app.js';

interface Problem {
  code: string;
  detail: string;
  errors: { pointer: string; message: string }[];
}

let app: TestApp;
let bea: Client;
let arun: Client;
let omar: Client;
let lena: Client;
let nora: Client;
let coalitionId: string;
let poolId: string;
let riverside: string;
let meadow: string;
let school: string;
let youth: string;

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-12-01T09:00:00Z' });
  bea = await app.person('Bea Lindqvist');
  arun = await app.person('Arun Mehta');
  omar = await app.person('Omar Haddad');
  lena = await app.person('Lena Brandt');
  nora = await app.person('Nora Quist');
  coalitionId = await made(bea, '/api/v1/coalitions', {
    name: 'River Towns',
    commonAgenda: 'Every young person has somewhere to go.',
    kind: 'coordinating',
    timeZone: 'Europe/London',
    businessDay: 'following',
  });
  const organisation = (name: string) =>
    made(bea, `/api/v1/coalitions/${coalitionId}/organisations`, { name, sector: 'third' });
  const funder = await organisation('Northern Trust');
  riverside = await organisation('Riverside Youth');
  meadow = await organisation('Meadow House');
  await app.seat(arun, coalitionId, 'approver');
  await app.seat(nora, coalitionId, 'finance');
  await app.seat(omar, coalitionId, 'partner', riverside);
  await app.seat(lena, coalitionId, 'partner', meadow);
  const goal = (name: string) =>
    made(bea, `/api/v1/coalitions/${coalitionId}/goals`, { name, horizonOn: '2031-12-31' });
  school = await goal('Ready for school');
  youth = await goal('Somewhere to go');
  poolId = await made(nora, `/api/v1/coalitions/${coalitionId}/pools`, {
    name: 'River Towns Fund',
    currency: 'GBP',
    attributionRule: 'pro_rata',
    refundPolicy: 'none',
  });
  await made(nora, `/api/v1/pools/${poolId}/pledges`, {
    funderId: funder,
    reference: 'NT-1',
    amount: '500000.00',
    signedOn: '2026-12-01',
    instalments: [{ dueOn: '2026-12-15', amount: '500000.00' }],
  });
});

afterAll(() => app.stop());

async function made(by: Client, path: string, body: object): Promise<string> {
  return (await by.must(by.post<{ id: string }>(path, body))).id;
}

/** Drafts, proposes and awards a grant of £40,000.00 in quarters over 2027, and does what follows from it. */
async function award(reference: string, change: object = {}): Promise<string> {
  const grantId = await made(bea, `/api/v1/pools/${poolId}/grants`, {
    organisationId: riverside,
    reference,
    title: 'Core support',
    mode: 'flexible',
    amount: '40000.00',
    startOn: '2027-01-01',
    endOn: '2027-12-31',
    firstOn: '2027-01-04',
    everyMonths: 3,
    equalInstalments: 4,
    reportingFrequency: 'quarterly',
    reportingDueAfterDays: 30,
    ...change,
  });
  await bea.must(bea.post(`/api/v1/grants/${grantId}/propose`));
  await arun.must(arun.post(`/api/v1/grants/${grantId}/award`, { decisionReference: 'Board 2026/12-1' }));
  await app.drain();
  return grantId;
}

describe('an award', () => {
  it('brings the reporting along that was agreed, once', async () => {
    const grantId = await award('R-1');
    const requirement = await omar.must(omar.get<RequirementAnswer>(`/api/v1/grants/${grantId}/requirement`));
    expect(requirement).toMatchObject({
      organisationId: riverside,
      frequency: 'quarterly',
      firstPeriodFrom: '2027-01-01',
      lastPeriodTo: '2027-12-31',
      dueAfterDays: 30,
      ladder: [-21, -7, -1, 0, 3, 7],
      escalateAfterDays: 14,
      reports: 4,
    });
  });
});
