import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checks } from '../../src/checks.js';
import { runChecks } from '../../src/platform/verify/check.js';
import { untiedReports } from '../support/made-report.js';
import { TestApp } from '../support/app.js';
import { award, foundCoalition, type Made, pay, sign, type TestCoalition } from '../support/coalition.js';
import { madeReport } from '../support/finance-report.js';
import { ledgerText } from './ledger-text.js';

const ledgerFile = fileURLToPath(new URL('six-funders.ledger.txt', import.meta.url));

interface Money {
  amount: string;
  currency: string;
}
interface Statement {
  opening: Money;
  closing: Money;
  parts: Record<string, Money>;
  grants: { reference: string; amount: Money }[];
  pledged: { pledged: Money; open: Money }[];
}
type Funder = 'north' | 'south' | 'council' | 'rhein' | 'elbe' | 'hudson';

let app: TestApp;
let coalition: TestCoalition;
let funders: Record<Funder, string>;
let school: string;
let core: string;
let visitors: string;

beforeAll(async () => {
  app = await TestApp.start({ story: 'six funders', now: '2027-01-04T09:00:00Z' });
});
afterAll(() => app?.stop());

const api = <Body = Made>(path: string, body: object = {}): Promise<Body> =>
  coalition.finance.must(coalition.finance.post<Body>(`/api/v1/pools/${coalition.poolId}/${path}`, body));

const pledge = (funder: Funder, reference: string, amount: string, dueOn: string[], more: object = {}) => {
  const part = (Number(amount) / dueOn.length).toFixed(2);
  return api('pledges', {
    ...{ funderId: funders[funder], reference, amount, signedOn: '2027-01-04' },
    instalments: dueOn.map((day) => ({ dueOn: day, amount: part })),
    ...more,
  });
};
const receive = (funder: Funder, bankReference: string, amount: string, on: string, more: object = {}) =>
  api('contributions', { funderId: funders[funder], bankReference, amount, receivedOn: on, ...more });
const statementOf = (funder: Funder) =>
  coalition.finance.must(
    coalition.finance.get<Statement>(
      `/api/v1/pools/${coalition.poolId}/funders/${funders[funder]}/statement?from=2027-01-01&to=2028-12-31`,
    ),
  );
const sum = (amounts: string[]): string =>
  (amounts.reduce((total, amount) => total + BigInt(amount.replace('.', '')), 0n) / 1n).toString();

describe('a pool with six funders in three currencies', () => {
  it('is promised money in pounds, euros and dollars, some of it restricted to a goal or a grant', async () => {
    coalition = await foundCoalition(app, 'Channel Towns', {
      pool: { attributionRule: 'earmark_first', refundPolicy: 'pro_rata' },
    });
    const { backbone, id, poolId, north, south, hill } = coalition;
    const add = async (path: string, body: object) =>
      (await backbone.must(backbone.post<Made>(`/api/v1/coalitions/${id}/${path}`, body))).id;
    const organisation = (name: string, sector = 'third') => add('organisations', { name, sector });
    funders = {
      ...{ north, south, council: await organisation('Harbour Council', 'public') },
      ...{ rhein: await organisation('Rhein Stiftung'), elbe: await organisation('Elbe Fonds') },
      hudson: await organisation('Hudson Foundation'),
    };
    school = await add('goals', { name: 'Ready for school', horizonOn: '2034-12-31' });
    const host = await organisation('Tideway Foundation');
    const policies = { feeBasisPoints: 100, feeMinimum: '50.00', feeCap: '250.00', feeHostId: host };
    await backbone.must(backbone.patch(`/api/v1/pools/${poolId}`, policies, 1));

    await pledge('north', 'NRT 27', '60000.00', ['2027-01-15', '2028-01-14']);
    await pledge('south', 'SBF 27', '30000.00', ['2027-02-01']);
    await pledge('council', 'HC 27', '20000.00', ['2027-02-15'], { earmarkGoalId: school });
    const euros = { currency: 'EUR', planningRate: '0.86' };
    await pledge('rhein', 'RS 27', '40000.00', ['2027-01-20', '2028-01-20'], euros);
    await pledge('hudson', 'HF 27', '50000.00', ['2027-03-01'], { currency: 'USD', planningRate: '0.79' });
    core = await award(coalition, {
      ...{ reference: 'CT-01', title: 'Core support', amount: '80000.00', startOn: '2027-01-01' },
      ...{ endOn: '2028-12-31', firstOn: '2027-03-31', everyMonths: 6, equalInstalments: 4 },
    });
    visitors = await award(coalition, {
      ...{ organisationId: hill, reference: 'CT-02', title: 'Family visitors', amount: '24000.00' },
      ...{ goalIds: [school], startOn: '2027-01-01', endOn: '2028-12-31' },
      ...{ firstOn: '2027-04-01', everyMonths: 12, equalInstalments: 2 },
    });
    await pledge('elbe', 'EF 27', '10000.00', ['2027-03-15'], { ...euros, earmarkGrantId: visitors });
  });

  it('gets it: early, late, in part, too much, and in a currency of the funder’s own', async () => {
    await app.moveTo('2027-03-20T09:00:00Z');
    await receive('north', 'IN 1', '30000.00', '2027-01-15');
    await receive('rhein', 'IN 2', '17180.00', '2027-01-21', { paidAmount: '20000.00', paidCurrency: 'EUR' });
    await receive('south', 'IN 3', '12000.00', '2027-02-10');
    await receive('south', 'IN 4', '18500.00', '2027-03-02');
    await receive('council', 'IN 5', '20000.00', '2027-02-15');
    await receive('hudson', 'IN 6', '39612.50', '2027-03-03', {
      ...{ paidAmount: '50000.00', paidCurrency: 'USD' },
    });
    await receive('elbe', 'IN 7', '8590.00', '2027-03-16', { paidAmount: '10000.00', paidCurrency: 'EUR' });
    await api('bank-charges', {
      amount: '37.50',
      takenOn: '2027-03-18',
      bankReference: 'CHG 1',
      note: 'SWIFT',
    });
    // South gave 500 too much: it settles what South pledges next.
    await pledge('south', 'SBF 28', '5000.00', ['2028-02-01']);
    const [overpaid] = await app.rows<{ id: string }>(
      `SELECT id FROM contributions WHERE bank_reference = 'IN 4'`,
    );
    const { finance } = coalition;
    await finance.must(finance.post(`/api/v1/contributions/${overpaid!.id}/apply`, {}));
    const states = await app.rows(
      `SELECT p.reference, p.state, sum(i.received)::int / 100 AS received FROM pledges p
       JOIN pledge_instalments i ON i.pledge_id = p.id GROUP BY p.id ORDER BY p.reference`,
    );
    expect(states).toEqual([
      { reference: 'EF 27', state: 'fulfilled', received: 10000 },
      { reference: 'HC 27', state: 'fulfilled', received: 20000 },
      { reference: 'HF 27', state: 'fulfilled', received: 50000 },
      { reference: 'NRT 27', state: 'signed', received: 30000 },
      { reference: 'RS 27', state: 'signed', received: 20000 },
      { reference: 'SBF 27', state: 'fulfilled', received: 30000 },
      { reference: 'SBF 28', state: 'signed', received: 500 },
    ]);
  });

  it('pays; one payment comes back and is paid again, one goes abroad, one grant is amended', async () => {
    const { finance } = coalition;
    await app.moveTo('2027-04-06T09:00:00Z');
    const returned = await pay(coalition, core, 1, '2027-04-06', { bankReference: 'OUT 1' });
    await app.moveTo('2027-04-09T09:00:00Z');
    const back = { returnedOn: '2027-04-09', reason: 'AC04, the account is closed' };
    await finance.must(finance.post(`/api/v1/disbursements/${returned}/return`, back));
    await pay(coalition, core, 1, '2027-04-09', { bankReference: 'OUT 2' });
    await pay(coalition, visitors, 1, '2027-04-09', {
      ...{ bankReference: 'OUT 3', paidAmount: '13950.00', paidCurrency: 'EUR', chargedAmount: '12018.75' },
    });
    await api('exchange-differences/share');
    const asked = await finance.must(
      finance.post<Made & { approvalId: string }>(`/api/v1/grants/${core}/amendments`, {
        ...{ kind: 'topUp', award: '86000.00', reason: 'Rents have risen' },
      }),
    );
    await sign(coalition, asked.approvalId);
    await app.moveTo('2027-10-04T09:00:00Z');
    // The paid slice keeps its number; those that replace the others have new ones.
    await pay(coalition, core, 5, '2027-10-04', { bankReference: 'OUT 4' });
  });

  it('pays its host, and gives back what it will not need', async () => {
    const { finance } = coalition;
    const [host] = await app.rows<{ id: string }>(
      `SELECT subject_id AS id FROM accounts WHERE kind = 'feesPayable'`,
    );
    const fee = await api<Made & { approvalId: string }>('fee-payments', { hostId: host!.id });
    await sign(coalition, fee.approvalId);
    const paid = (bankReference: string) => ({ bankReference, paidOn: '2027-10-04' });
    await finance.must(finance.post(`/api/v1/fee-payments/${fee.id}/pay`, paid('OUT 5')));
    const refund = await api<Made & { approvalId: string }>('refunds', {
      ...{ amount: '10000.00', reason: 'More came than the grants need' },
    });
    await sign(coalition, refund.approvalId);
    await finance.must(finance.post(`/api/v1/refunds/${refund.id}/pay`, paid('OUT 6')));
  });

  it('holds what every funder’s statement says it holds, to the penny', async () => {
    const names: Funder[] = ['north', 'south', 'council', 'rhein', 'elbe', 'hudson'];
    const statements = [];
    for (const name of names) {
      const statement = await statementOf(name);
      const parts = Object.values(statement.parts).map(({ amount }) => amount);
      expect(sum([statement.opening.amount, ...parts])).toBe(sum([statement.closing.amount]));
      const [ledger] = await app.rows<{ balance: string }>(
        `SELECT sum(-balance)::text AS balance FROM accounts
         WHERE kind = 'fundBalance' AND subject_id = '${funders[name]}'`,
      );
      expect(sum([statement.closing.amount])).toBe(ledger!.balance);
      const spent = statement.grants.map(({ amount }) => amount.amount);
      const moved = [statement.parts.paidOut!.amount, statement.parts.returned!.amount];
      expect(sum(spent)).toBe((-BigInt(sum(moved))).toString());
      statements.push([name, ...parts, statement.closing.amount]);
    }
    // Received, fees, charges, paid out, returned, left over by bonds, refunds, other; and what is left.
    expect(statements).toEqual([
      ['north', '30000.00', '-250.00', '-14.39', '-10742.32', '0.00', '0.00', '-2557.69', '0.00', '16435.60'],
      ['south', '30500.00', '-305.00', '-14.61', '-10902.99', '0.00', '0.00', '-2595.95', '0.00', '16681.45'],
      ['council', '20000.00', '-200.00', '0.00', '-8394.54', '0.00', '0.00', '0.00', '0.00', '11405.46'],
      ['rhein', '17180.00', '-171.80', '-8.22', '-6141.43', '0.00', '0.00', '-1462.25', '0.00', '9396.30'],
      ['elbe', '8590.00', '-85.90', '0.00', '-3605.46', '0.00', '0.00', '0.00', '0.00', '4898.64'],
      [
        'hudson',
        '39612.50',
        '-250.00',
        '-19.03',
        '-14213.26',
        '0.00',
        '0.00',
        '-3384.11',
        '0.00',
        '21746.10',
      ],
    ]);
    const { position } = await coalition.finance.must(
      coalition.finance.get<{ position: Record<string, Money> }>(`/api/v1/pools/${coalition.poolId}`),
    );
    expect(sum(statements.map((line) => line.at(-1)!))).toBe(sum([position.fundBalances!.amount]));
    expect(position.cash!.amount).toBe(position.fundBalances!.amount);
  });

  it('ties in the scheduled report, and keeps every invariant', async () => {
    const run = await madeReport(app, coalition.finance, coalition.poolId);
    expect(run.state).toBe('made');
    const results = await runChecks(checks, (sql) => app.rows(sql));
    expect(results.filter(({ broken }) => broken > 0)).toEqual([]);
  });

  it('ties in every finance report, whatever the day', async () => {
    const now = app.clock.now();
    const { untied, looked } = await untiedReports(app, coalition.finance, coalition.poolId, [
      { asOf: now, from: null, to: now.toISOString().slice(0, 10) },
      { asOf: now, from: '2027-02-01', to: '2027-06-30' },
    ]);
    expect(untied).toEqual([]);
    expect(looked).toBeGreaterThan(100);
  });

  it('has a ledger that reads like this', async () => {
    const text = await ledgerText(app, coalition.poolId, 'GBP');
    process.stdout.write(`\n${text}\n`);
    if (process.env.WRITE_STORIES) writeFileSync(ledgerFile, text);
    expect(text).toBe(readFileSync(ledgerFile, 'utf8'));
  });
});
