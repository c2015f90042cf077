import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { foundCoalition, fund, type ProblemBody, sign, type TestCoalition } from '../support/coalition.js';
import type { CallBody, DistributionBody, MoneyBody } from '../support/investor-bond.js';
import {
  accountsOf,
  activeBond,
  allHold,
  bondWithMoney,
  type Closing,
  positionOf,
  stepOfClosing,
  type WorkedOut,
} from '../support/investor-cases.js';

let app: TestApp;
let coalition: TestCoalition;
let coalitions = 0;

beforeAll(async () => {
  app = await TestApp.start({ now: '2022-01-01T12:00:00Z' });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  coalitions += 1;
  app.clock.moveTo(new Date('2022-01-01T12:00:00Z'));
  coalition = await foundCoalition(app, `Closing Towns ${coalitions}`);
});

const active = (more: Parameters<typeof activeBond>[2] = {}) => activeBond(app, coalition, more);
const withMoney = (commitments?: [string, string]) => bondWithMoney(app, coalition, commitments);

describe('the closing of a bond', () => {
  it('is refused while anything is open, saying what', async () => {
    const bond = await withMoney();
    await bond.outcomes('300', 2);
    await bond.must(
      `bonds/${bond.id}/claims`,
      { period: 3, lines: [{ metric: 'outcome', quantity: '5' }] },
      coalition.partner,
    );
    await coalition.finance.must(bond.askAdvance('500.00'));
    expect(await stepOfClosing(bond)).toEqual([
      ['claims', 'Claim 3 is a draft.'],
      [
        'invoices',
        `£200.00 of invoice ${bond.reference}/3 is open.`,
        `£100.00 of invoice ${bond.reference}/4 is open.`,
      ],
      ['payments', 'An advance of £500.00 is proposed.'],
      ['distribution', '£109,396.71 is due by the terms, and not distributed.'],
    ]);
    const { status, body } = await bond.post<ProblemBody>(`bonds/${bond.id}/closings`, {
      ...{ closedOn: '2022-12-31', reason: 'Over' },
    });
    expect([status, body.code]).toEqual([409, 'stateForbids']);
    expect(body.detail).toMatch(/^The bond cannot be closed yet\. Claim 3 is a draft\. £200\.00 of invoice/);
  });

  it('shares what is left over among the payers by what each has paid, and empties every account', async () => {
    const bond = await withMoney();
    await bond.distributed('2022-12-31');
    const { figures } = await bond.get<Closing>(`bonds/${bond.id}/closing`);
    expect([figures.surplus.amount, figures.lost.amount]).toEqual(['603.29', '0.00']);
    expect(figures.shares.map(({ name, amount }) => [name, amount.amount])).toEqual([
      ['North River Trust', '402.19'],
      ['South Bank Fund', '201.10'],
    ]);
    const closing = await bond.must<DistributionBody>(`bonds/${bond.id}/closings`, {
      ...{ closedOn: '2022-12-31', reason: 'The term is over' },
    });
    await sign(coalition, closing.approvalId);
    const { state, closedOn } = await bond.get<{ state: string; closedOn: string }>(`bonds/${bond.id}`);
    expect([state, closedOn]).toEqual(['closed', '2022-12-31']);
    expect((await accountsOf(bond)).filter((account) => !account.endsWith(' 0'))).toEqual([]);
    const funds = await app.rows<{ balance: string }>(
      `SELECT (-balance)::text AS balance FROM accounts WHERE pool_id = $1 AND kind = 'fundBalance' ORDER BY balance`,
      [coalition.poolId],
    );
    expect(funds.map(({ balance }) => balance)).toEqual(['20110', '40219']);
    expect((await bond.call<ProblemBody>('A', '1.00', '2023-01-31')).status).toBe(409);
    await allHold(app);
  });

  it('gives the funders their share by a line of their statements, which still lead to the closing balance', async () => {
    await fund(coalition, '500.00', { funderId: coalition.north, on: '2022-01-01' });
    const bond = await withMoney();
    await bond.distributed('2022-12-31');
    const { approvalId } = await bond.must<DistributionBody>(`bonds/${bond.id}/closings`, {
      ...{ closedOn: '2022-12-31', reason: 'The term is over' },
    });
    await sign(coalition, approvalId);
    const { funder, north, poolId } = coalition;
    const statement = `/pools/${poolId}/funders/${north}/statement`;
    const { parts, closing, lines } = await funder.must(
      funder.get<{
        parts: Record<string, MoneyBody>;
        closing: MoneyBody;
        lines: { part: string; description: string; amount: MoneyBody; balance: MoneyBody }[];
      }>(`/api/v1${statement}?from=2022-12-31&to=2022-12-31`),
    );
    expect([parts['bondSurplus']!.amount, parts['other']!.amount, closing.amount]).toEqual([
      ...['402.19', '0.00', '902.19'],
    ]);
    expect(
      lines.map(({ part, description, amount, balance }) => [
        part,
        description,
        amount.amount,
        balance.amount,
      ]),
    ).toEqual([['bondSurplus', `Bond ${bond.reference} closed`, '402.19', '902.19']]);
    const csv = await funder.get<string>(`/api/v1${statement}.csv?from=2022-12-31&to=2022-12-31`);
    expect(csv.body).toContain('summary,2022-12-31,bondSurplus,402.19,,GBP\r\n');
    expect(csv.body).toContain(`bondSurplus,2022-12-31,Bond ${bond.reference} closed,402.19,902.19,GBP\r\n`);
    const browser = await Browser.of(app, funder);
    expect((await browser.get(`${statement}?from=2022-12-31&to=2022-12-31`)).html).toContain(
      'Left over by bonds',
    );
    const pool = await browser.get(`/pools/${poolId}`);
    expect(pool.html).toContain(`/pools/${poolId}/ledger?kind=bond.closed`);
  });

  it('calls the guarantor for its share of lost capital, passes it on as capital, and books the rest as lost', async () => {
    const bond = await active({
      inTerms: {
        guarantee: { guarantorId: coalition.hill, share: '0.5' },
        surplus: {
          rule: 'shares',
          shares: [
            { organisationId: coalition.north, share: '0.5' },
            { organisationId: coalition.south, share: '0.5' },
          ],
        },
      },
    });
    await bond.drawn('A', '60000.00', '2022-01-01');
    await bond.drawn('B', '30000.00', '2022-01-01');
    await bond.advanced('80000.00', '2022-01-01');
    bond.moveTo('2022-12-31');
    expect(
      (await bond.post<ProblemBody>(`bonds/${bond.id}/guarantee-calls`, { dueOn: '2023-01-31' })).body.detail,
    ).toBe(
      'The guarantor is called when all else is over. £10,000.00 is due by the terms, and not distributed.',
    );
    await bond.distributed('2022-12-31');
    expect(await stepOfClosing(bond)).toEqual([
      ['guarantee', 'Hill Families owes £40,500.00 that is not called.'],
    ]);
    const call = await bond.must<CallBody>(`bonds/${bond.id}/guarantee-calls`, { dueOn: '2023-01-31' });
    await bond.received(call.id, '40500.00', '2022-12-31');
    expect(
      (await bond.post<ProblemBody>(`bonds/${bond.id}/provider-advances`, { amount: '1.00', reason: 'x' }))
        .status,
    ).toBe(422);
    const { id } = await bond.distributed('2022-12-31', { source: 'guarantee' });
    const { working } = await bond.get<{ working: WorkedOut }>(`distributions/${id}`);
    expect(working.shares.map(({ capital, income }) => [capital.amount, income.amount])).toEqual([
      ['27000.00', '0.00'],
      ['13500.00', '0.00'],
    ]);
    const closing = await bond.must<DistributionBody>(`bonds/${bond.id}/closings`, {
      ...{ closedOn: '2022-12-31', reason: 'Outcomes were not reached' },
    });
    const { figures } = await bond.get<Closing>(`bonds/${bond.id}/closing`);
    expect([figures.surplus.amount, figures.lost.amount]).toEqual(['0.00', '40500.00']);
    await sign(coalition, closing.approvalId);
    expect((await accountsOf(bond)).filter((account) => !account.endsWith(' 0'))).toEqual([]);
    const position = await positionOf(bond, 'A', '2022-12-31');
    expect([position.lost, position.multiples.total]).toEqual([
      { amount: '27000.00', currency: 'GBP' },
      '0.550000',
    ]);
    await allHold(app);
  });

  it('is asked for again when money has moved since', async () => {
    const bond = await withMoney();
    await bond.distributed('2022-12-31');
    const closing = await bond.must<DistributionBody>(`bonds/${bond.id}/closings`, {
      ...{ closedOn: '2022-12-31', reason: 'The term is over' },
    });
    await bond.advanced('100.00', '2022-12-31');
    await expect(sign(coalition, closing.approvalId)).rejects.toThrow('staleVersion');
    await allHold(app);
  });
});
