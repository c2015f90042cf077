import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runChecks } from '../../src/platform/verify/check.js';
import { poolsChecks } from '../../src/pools/pools.checks.js';
import { TestApp } from '../support/app.js';
import { award, foundCoalition, fund, type ProblemBody, type TestCoalition } from '../support/coalition.js';

interface Amount {
  amount: string;
}
interface Forecast {
  openOn: string;
  openingCash: Amount;
  overdue: { in: Amount; out: Amount };
  months: { month: string; in: Amount; out: Amount; closing: Amount; closingExpected: Amount }[];
  cliff: { month: string; shortBy: Amount } | null;
}

let app: TestApp;
let coalition: TestCoalition;

/** £20,000 in hand and £20,000 pledged for June, of which half is counted on; £10,000 goes out each quarter. */
beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app, 'River Towns', {
    pool: { confidenceBasisPoints: 5_000, reserve: '1000.00' },
  });
  await fund(coalition, '20000.00');
  await coalition.finance.must(
    coalition.finance.post(`/api/v1/pools/${coalition.poolId}/pledges`, {
      funderId: coalition.south,
      reference: 'P-JUNE',
      amount: '20000.00',
      signedOn: '2026-11-20',
      instalments: [{ dueOn: '2027-06-15', amount: '20000.00' }],
    }),
  );
  await award(coalition, { amount: '29000.00', firstOn: '2026-12-01', everyMonths: 3, equalInstalments: 3 });
});
afterAll(() => app?.stop());

const forecast = (query = ''): Promise<Forecast> =>
  coalition.funder.must(coalition.funder.get<Forecast>(`/api/v1/pools/${coalition.poolId}/forecast${query}`));

const cliffMails = () =>
  app.rows<{ to_address: string; subject: string }>(
    `SELECT to_address, subject FROM mail_messages WHERE template = 'pool.cliff' ORDER BY created_at, to_address`,
  );

describe('the forecast of a pool', () => {
  it('looks 36 months ahead, and says where the money ends', async () => {
    const { months, cliff, openingCash, openOn } = await forecast();
    expect({
      openOn,
      opening: openingCash.amount,
      months: months.length,
      last: months.at(-1)?.month,
    }).toEqual({
      openOn: '2026-11-23',
      opening: '20000.00',
      months: 36,
      last: '2029-10',
    });
    const told = months
      .filter((month) => month.in.amount !== '0.00' || month.out.amount !== '0.00')
      .map((month) => [month.month, month.in, month.out, month.closing, month.closingExpected])
      .map(([month, ...money]) => [month, ...money.map((each) => (each as Amount).amount)]);
    expect(told).toEqual([
      ['2026-12', '0.00', '9666.67', '10333.33', '10333.33'],
      ['2027-03', '0.00', '9666.67', '666.66', '666.66'],
      ['2027-06', '20000.00', '9666.66', '11000.00', '1000.00'],
    ]);
    expect(cliff).toEqual({ month: '2027-03', shortBy: { amount: '333.34', currency: 'GBP' } });
  });

  it('looks as far as asked, and refuses nonsense', async () => {
    expect((await forecast('?months=2')).months.map(({ month }) => month)).toEqual(['2026-11', '2026-12']);
    const refused = await coalition.funder.get<ProblemBody>(
      `/api/v1/pools/${coalition.poolId}/forecast?months=0`,
    );
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/months' }] });
  });

  it('tells funders and backbone six and three months ahead, each once', async () => {
    await app.moveTo('2026-12-01T08:00:00Z');
    const first = await cliffMails();
    expect(new Set(first.map(({ subject }) => subject))).toEqual(
      new Set(['River Towns Fund runs short in Mar 2027, by £333.34']),
    );
    // The funder, the backbone and finance: the cliff is three months away, so the nearer notice goes at once.
    expect(first).toHaveLength(3);
    await app.moveTo('2027-01-01T08:00:00Z');
    await app.moveTo('2027-02-01T08:00:00Z');
    expect(await cliffMails()).toHaveLength(3);
    expect(await app.rows(`SELECT cliff_month, months_ahead FROM cliff_notices`)).toEqual([
      { cliff_month: '2027-03', months_ahead: 3 },
    ]);
  });

  it('leaves every pool with one look ahead', async () => {
    const results = await runChecks(poolsChecks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  });
});
