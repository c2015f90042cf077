import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { TestBond, workingsOf } from '../support/bond.js';
import { Browser } from '../support/browser.js';
import { foundCoalition, type ProblemBody, type TestCoalition } from '../support/coalition.js';

let app: TestApp;
let coalition: TestCoalition;

beforeAll(async () => {
  app = await TestApp.start({ now: '2027-11-03T09:00:00Z' });
  coalition = await foundCoalition(app);
});
afterAll(() => app?.stop());

const from = (bound: string, price: string) => ({
  ...{ from: bound, fromInclusive: true, toInclusive: false, price },
});
/** £10.00 for each of a cohort that falls by 10 per cent, or £6.00 where all cohorts fell by 7.5 together. */
const fall = {
  ...{ metric: 'fall', title: 'Reconvictions fall', kind: 'threshold', bands: [from('10', '10.00')] },
  fallback: from('7.5', '6.00'),
};
const active = () =>
  TestBond.active(
    app,
    coalition,
    { rateCard: [fall], payers: [{ organisationId: coalition.north, weight: '1' }] },
    '2027-11-03T09:00:00Z',
  );
const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('a threshold with a pooled fallback', () => {
  it('says of each claim which threshold paid it, and comes to the same when it is worked out again', async () => {
    const bond = await active();
    const cohort = (value: string, quantity: string) => [{ metric: 'fall', value, quantity }];
    const claims = [
      await bond.verified(cohort('5', '100')),
      await bond.verified(cohort('12', '100'), 2),
      await bond.verified(cohort('7', '50'), 3),
    ];
    expect(claims.flatMap(workingsOf)).toEqual([
      '100 × the price at 5, by no threshold: all claims together are at 5 = 0.00; net 0.00',
      '100 × the price at 12, by its own threshold = 1000.00; net 1000.00; North 1000.00',
      '50 × the price at 7, by the pooled threshold, 6.00 each, and 100 that had missed before: all claims together are at 8.2 = 900.00; net 900.00; North 900.00',
    ]);
    const { isEqual } = await coalition.funder.must(
      coalition.funder.get<{ isEqual: boolean }>(`/api/v1/bonds/${bond.id}/recalculation`),
    );
    expect(isEqual).toBe(true);
    const browser = await Browser.of(app, coalition.finance);
    expect(words((await browser.get(`/claims/${claims[2]!.id}`)).html)).toContain(
      'by the pooled threshold, 6.00 each, and 100 that had missed before',
    );
  });

  it('stands in the contract, in its form and in what changes by an amendment', async () => {
    const bond = await active();
    const { finance } = coalition;
    const browser = await Browser.of(app, finance);
    const home = `/bonds/${bond.id}`;
    expect(words((await browser.get(home)).html)).toContain(
      'Where a claim misses it: all claims together from 7.5 up, £6.00 each, also for those that had missed before.',
    );
    const read = () =>
      finance.must(
        finance.get<{ versions: { terms: { rateCard: object[] }; changes: string[] }[] }>(`/api/v1${home}`),
      );
    const { terms } = (await read()).versions[0]!;
    expect(terms.rateCard[0]).toMatchObject({ fallback: { from: '7.5', to: null, price: '6.00' } });
    const rateCard = [{ ...fall, fallback: from('8', '6.00') }];
    await finance.must(
      finance.post(`/api/v1${home}/versions`, { reason: 'Harder', terms: { ...terms, rateCard } }),
    );
    expect((await read()).versions[0]!.changes).toEqual([
      'Pooled fallback of “fall”: all claims together from 7.5 up: £6.00 → all claims together from 8 up: £6.00',
    ]);
    const edit = await browser.get(`${home}/edit`);
    expect(edit.html).toMatch(
      /name="fallbacks\[0\]\.from"[^>]*value="8"|value="8"[^>]*name="fallbacks\[0\]\.from"/,
    );
  });
});

describe('an amendment', () => {
  it('that lowers a payer’s cap below what it was invoiced is not proposed, and says why', async () => {
    const bond = await active();
    await bond.verified([{ metric: 'fall', value: '12', quantity: '100' }]);
    const { finance } = coalition;
    const { versions } = await finance.must(
      finance.get<{ versions: { terms: object }[] }>(`/api/v1/bonds/${bond.id}`),
    );
    const payers = [{ organisationId: coalition.north, weight: '1', cap: '999.99' }];
    await finance.must(
      finance.post(`/api/v1/bonds/${bond.id}/versions`, {
        ...{ reason: 'Less', terms: { ...versions[0]!.terms, payers } },
      }),
    );
    const { status, body } = await finance.post<ProblemBody>(`/api/v1/bonds/${bond.id}/propose`);
    expect([status, body.errors]).toEqual([
      422,
      [
        {
          pointer: '/terms/payers/0/cap',
          code: 'ruleBroken',
          message:
            'North River Trust was invoiced £1,000.00 already: its cap cannot be £999.99, which is less.',
        },
      ],
    ]);
  });
});
