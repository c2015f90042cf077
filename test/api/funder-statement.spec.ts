import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import {
  award,
  foundCoalition,
  fund,
  pay,
  type ProblemBody,
  type TestCoalition,
} from '../support/coalition.js';

interface Amount {
  amount: string;
}
interface Statement {
  isOver: boolean;
  from: string;
  to: string;
  opening: Amount;
  parts: Record<string, Amount>;
  closing: Amount;
  pledged: { pledged: Amount; open: Amount }[];
  grants: { reference: string; amount: Amount }[];
  lines: { entryId: string; occurredOn: string; part: string; amount: Amount; balance: Amount }[];
}

let app: TestApp;
let coalition: TestCoalition;

/** North gives £2,000 in November and £1,000 in January, South £1,000; the host takes 1 %, a grant takes £3,000. */
beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  coalition = await foundCoalition(app);
  const { backbone, poolId, hill, north, south } = coalition;
  await backbone.must(backbone.patch(`/api/v1/pools/${poolId}`, { feeBasisPoints: 100, feeHostId: hill }, 1));
  await fund(coalition, '2000.00', { funderId: north });
  await fund(coalition, '1000.00', { funderId: south });
  const grantId = await award(coalition, {
    amount: '2700.00',
    firstOn: '2026-12-01',
    everyMonths: 12,
    equalInstalments: 1,
  });
  await app.moveTo('2026-12-02T09:00:00Z');
  await pay(coalition, grantId, 1, '2026-12-02');
  await app.moveTo('2027-01-15T09:00:00Z');
  await fund(coalition, '1000.00', { funderId: north, on: '2027-01-14' });
});
afterAll(() => app?.stop());

const address = (funderId: string) => `/api/v1/pools/${coalition.poolId}/funders/${funderId}/statement`;
const statement = (query: string): Promise<Statement> =>
  coalition.funder.must(coalition.funder.get<Statement>(`${address(coalition.north)}${query}`));

describe('the statement of a funder', () => {
  it('leads from the opening to the closing balance, to the penny', async () => {
    const { opening, parts, closing, pledged, grants } = await statement('?from=2026-01-01&to=2026-12-31');
    expect(opening.amount).toBe('0.00');
    expect(Object.fromEntries(Object.entries(parts).map(([part, { amount }]) => [part, amount]))).toEqual({
      ...{ received: '2000.00', fees: '-20.00', charges: '0.00', paidOut: '-1800.00' },
      ...{ returned: '0.00', bondSurplus: '0.00', refunds: '0.00', other: '0.00' },
    });
    expect(closing.amount).toBe('180.00');
    expect(pledged.map((each) => [each.pledged.amount, each.open.amount])).toEqual([['2000.00', '0.00']]);
    expect(grants.map(({ amount }) => amount.amount)).toEqual(['1800.00']);
  });

  it('opens where the one before closed, and is of this year unless asked otherwise', async () => {
    const { from, to, opening, closing } = await statement('');
    expect({ from, to, opening: opening.amount, closing: closing.amount }).toEqual({
      from: '2027-01-01',
      to: '2027-01-15',
      opening: '180.00',
      closing: '1170.00',
    });
  });

  it('ties to the ledger: its closing balance is the balance of the account', async () => {
    const { closing } = await statement('');
    const [row] = await app.rows<{ balance: string }>(
      `SELECT to_char(-sum(balance) / 100.0, 'FM999999990.00') AS balance FROM accounts
       WHERE kind = 'fundBalance' AND subject_id = '${coalition.north}'`,
    );
    expect(closing.amount).toBe(row?.balance);
  });

  it('lists every movement with the balance after it', async () => {
    const { lines } = await statement('?from=2026-01-01&to=2026-12-31');
    expect(lines.map(({ part, amount, balance }) => [part, amount.amount, balance.amount])).toEqual([
      ['received', '2000.00', '2000.00'],
      ['fees', '-20.00', '1980.00'],
      ['paidOut', '-1800.00', '180.00'],
    ]);
  });

  it('says while its period is not over', async () => {
    const csv = async (query: string) =>
      (await coalition.funder.get<string>(`${address(coalition.north)}.csv${query}`)).body;
    expect((await statement('?from=2026-01-01&to=2027-01-14')).isOver).toBe(true);
    expect((await statement('?from=2027-01-01&to=2027-01-15')).isOver).toBe(false);
    expect(await csv('?from=2027-01-01&to=2027-12-31')).toContain(
      'about,2027-01-15,the period is not over,,,GBP',
    );
    expect(await csv('?from=2026-01-01&to=2026-12-31')).not.toContain('not over');
    const browser = await Browser.of(app, coalition.funder);
    const page = await browser.get(
      `/pools/${coalition.poolId}/funders/${coalition.north}/statement?from=2027-01-01&to=2027-12-31`,
    );
    expect(page.html).toContain('The period is not over: it runs through 31 Dec 2027.');
  });

  it('comes as CSV', async () => {
    const answer = await app.nest.inject({
      method: 'GET',
      url: `${address(coalition.north)}.csv?from=2026-01-01&to=2026-12-31`,
      headers: { authorization: `Bearer ${coalition.funder.token}` },
    });
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.payload).toContain('summary,2026-12-31,closing,180.00,,GBP\r\n');
  });

  it('refuses a period that ends before it begins, and knows no stranger', async () => {
    const { funder, poolId } = coalition;
    const backwards = await funder.get<ProblemBody>(
      `${address(coalition.north)}?from=2026-12-31&to=2026-01-01`,
    );
    expect(backwards.status).toBe(422);
    expect(backwards.body).toMatchObject({ errors: [{ pointer: '/to' }] });
    expect((await funder.get(`/api/v1/pools/${poolId}/funders/${poolId}/statement`)).status).toBe(404);
  });
});
