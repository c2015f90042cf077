import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generalLedger } from '../../src/finance-reports/definitions/general-ledger.report.js';
import { trialBalance } from '../../src/finance-reports/definitions/trial-balance.report.js';
import type { ReportDefinition } from '../../src/finance-reports/documents/report-order.js';
import { TestApp } from '../support/app.js';
import { foundCoalition, fund, type Made, type TestCoalition } from '../support/coalition.js';
import { hasHledger, hledger, hledgerBalances, writeJournal } from '../support/hledger.js';
import { makeReport, type ReportCase } from '../support/made-report.js';

let app: TestApp;
let coalition: TestCoalition;
let folder: string;

/**
 * 1,000.00 pledged and paid in October; 250.00 pledged and paid on 2 November, and the payment taken back on the 20th;
 * 300.00 euros pledged on 5 November, of which nothing came.
 */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-journal-'));
  app = await TestApp.start({ now: '2026-10-05T09:00:00Z' });
  coalition = await foundCoalition(app, 'Ledger Towns');
  const { finance, poolId, south, north } = coalition;
  await fund(coalition, '1000.00', { on: '2026-10-02' });
  app.clock.moveTo(new Date('2026-11-05T09:00:00Z'));
  await fund(coalition, '250.00', { on: '2026-11-02', funderId: south });
  await finance.must(
    finance.post(`/api/v1/pools/${poolId}/pledges`, {
      ...{
        funderId: north,
        amount: '300.00',
        currency: 'EUR',
        planningRate: '0.85',
        reference: 'P; EUR: one',
      },
      ...{ signedOn: '2026-11-05', instalments: [{ dueOn: '2027-01-01', amount: '300.00' }] },
    }),
  );
  app.clock.moveTo(new Date('2026-11-23T09:00:00Z'));
  const { items } = await finance.must(
    finance.get<{ items: (Made & { kind: string; occurredOn: string })[] }>(
      `/api/v1/pools/${poolId}/entries?kind=contribution.received&occurredOn.gte=2026-11-01`,
    ),
  );
  const other = await app.person('Other finance');
  await app.seat(other, coalition.id, 'finance');
  await other.must(
    other.post(`/api/v1/entries/${items[0]!.id}/reverse`, {
      ...{ reason: 'It was meant for another pool.', occurredOn: '2026-11-20' },
    }),
  );
});
afterAll(async () => {
  await app?.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Asked = Partial<ReportCase>;

/** As of the test's clock, since the beginning and by the day it happened, unless asked otherwise. */
const caseOf = (asked: Asked): ReportCase => ({
  ...{ asOf: app.clock.now(), from: null, to: '2026-11-23', basis: 'occurred' },
  ...asked,
});
const report = (definition: ReportDefinition, asked: Asked) =>
  makeReport(app, coalition.finance, definition, coalition.poolId, caseOf(asked));
const rowsOfReport = async (definition: ReportDefinition, table: string, asked: Asked) =>
  (await report(definition, asked)).tables[table]!;
const controls = async (definition: ReportDefinition, asked: Asked) =>
  (await report(definition, asked)).controlTotals;

let journals = 0;

/** The journal of a period in a file. */
async function journal(asked: Asked): Promise<string> {
  journals += 1;
  const file = join(folder, `${journals}.journal`);
  await writeJournal(app, coalition.finance, coalition.poolId, caseOf(asked), file);
  return file;
}

const november = { from: '2026-11-01', to: '2026-11-30' };

describe('the trial balance', () => {
  it('says what each account held, what moved and what it holds', async () => {
    const actual = await rowsOfReport(trialBalance, 'actual', november);
    expect(actual).toEqual([
      {
        ...{ account: 'Cash', subject: '', opening: 1000_00n, debit: 250_00n, credit: 250_00n },
        ...{ closingDebit: 1000_00n, closingCredit: null },
      },
      {
        ...{
          account: 'Fund balance',
          subject: 'North River Trust',
          opening: -1000_00n,
          debit: 0n,
          credit: 0n,
        },
        ...{ closingDebit: null, closingCredit: 1000_00n },
      },
      {
        ...{
          account: 'Fund balance',
          subject: 'South Bank Fund',
          opening: 0n,
          debit: 250_00n,
          credit: 250_00n,
        },
        ...{ closingDebit: null, closingCredit: 0n },
      },
    ]);
    const foreign = await rowsOfReport(trialBalance, 'foreign', november);
    expect(foreign.map(({ account, closing }) => [account, closing])).toEqual([
      ['Pledges receivable', { amount: 300_00n, currency: 'EUR' }],
      ['Pledged funds', { amount: -300_00n, currency: 'EUR' }],
    ]);
  });

  it('knows only what was recorded by the instant', async () => {
    const cash = async (asked: Asked) => (await rowsOfReport(trialBalance, 'actual', asked))[0];
    const asOf = new Date('2026-11-10T00:00:00Z');
    expect(await cash({ ...november, asOf })).toMatchObject({
      debit: 250_00n,
      credit: 0n,
      closingDebit: 1250_00n,
    });
  });

  it('counts by the day of recording, where that is asked for', async () => {
    const until = async (to: string, basis: 'occurred' | 'recorded') =>
      (await rowsOfReport(trialBalance, 'actual', { from: '2026-11-01', to, basis }))[0];
    // What came on the 2nd was recorded on the 5th, what was taken back on the 20th on the 23rd.
    expect(await until('2026-11-04', 'occurred')).toMatchObject({ debit: 250_00n, credit: 0n });
    expect(await until('2026-11-04', 'recorded')).toMatchObject({ debit: 0n, credit: 0n });
    expect(await until('2026-11-22', 'occurred')).toMatchObject({ debit: 250_00n, credit: 250_00n });
    expect(await until('2026-11-22', 'recorded')).toMatchObject({ debit: 250_00n, credit: 0n });
  });

  it.each(['occurred', 'recorded'] as const)('ties, by the day it %s', async (basis) => {
    const totals = await controls(trialBalance, { ...november, basis });
    expect(totals.length).toBeGreaterThan(6);
    expect(totals.filter(({ report, ledger }) => report !== ledger)).toEqual([]);
  });
});

describe('the general ledger', () => {
  const cash = async (asked: Asked) =>
    (await rowsOfReport(generalLedger, 'postings', asked))
      .filter(({ account }) => account === 'Cash')
      .map(({ day, kind, debit, credit, balance }) => [day, kind, debit, credit, balance]);

  it('follows each account from its opening, posting by posting', async () => {
    expect(await cash(november)).toEqual([
      ['2026-11-01', 'opening', null, null, 1000_00n],
      ['2026-11-02', 'contribution.received', 250_00n, null, 1250_00n],
      ['2026-11-20', 'contribution.received.reversed', null, 250_00n, 1000_00n],
    ]);
    expect(await cash({ ...november, basis: 'recorded' })).toEqual([
      ['2026-11-01', 'opening', null, null, 1000_00n],
      ['2026-11-05', 'contribution.received', 250_00n, null, 1250_00n],
      ['2026-11-23', 'contribution.received.reversed', null, 250_00n, 1000_00n],
    ]);
  });

  it('has an account that did not move, by its opening alone', async () => {
    const rows = await rowsOfReport(generalLedger, 'postings', november);
    const still = rows.filter(
      ({ account, subject }) => account === 'Fund balance' && subject === 'North River Trust',
    );
    expect(still.map(({ kind, balance }) => [kind, balance])).toEqual([['opening', -1000_00n]]);
    expect(rows.map(({ account }) => account)).toContain('Pledged funds');
  });

  it('keeps promises in another currency out of its sums', async () => {
    const rows = await rowsOfReport(generalLedger, 'postings', november);
    const euros = rows.filter(({ foreign }) => foreign !== null);
    expect(
      euros.map(({ account, foreign, debit, balance }) => [account!, foreign!, debit!, balance!]),
    ).toEqual([
      ['Pledges receivable', { amount: 300_00n, currency: 'EUR' }, null, null],
      ['Pledged funds', { amount: -300_00n, currency: 'EUR' }, null, null],
    ]);
    const totals = await controls(generalLedger, november);
    expect(totals.filter(({ report, ledger }) => report !== ledger)).toEqual([]);
  });
});

const others = hasHledger ? describe : describe.skip;
others('hledger, given the journal', () => {
  it.each([{}, november])('finds the balances of our trial balance: %j', async (asked) => {
    const file = await journal(asked);
    expect(await hledger(file, 'check')).toBe('');
    expect(await hledgerBalances(file)).toEqual({
      'Ledger Towns:Ledger Towns Fund:Actual:Cash': 'GBP 1000.00',
      'Ledger Towns:Ledger Towns Fund:Actual:Fund balance:North River Trust': 'GBP -1000.00',
      'Ledger Towns:Ledger Towns Fund:Commitment:Pledges receivable:P, EUR- one · North River Trust':
        'EUR 300.00',
      'Ledger Towns:Ledger Towns Fund:Commitment:Pledged funds:North River Trust': 'EUR -300.00',
      // South owes again what it had paid.
      'Ledger Towns:Ledger Towns Fund:Commitment:Pledges receivable:P-2 · South Bank Fund': 'GBP 250.00',
      'Ledger Towns:Ledger Towns Fund:Commitment:Pledged funds:South Bank Fund': 'GBP -250.00',
    });
  });

  it('finds what a kind of entry did, by its tag', async () => {
    const file = await journal(november);
    expect(await hledgerBalances(file, 'tag:kind=contribution.received$', 'Cash')).toEqual({
      'Ledger Towns:Ledger Towns Fund:Actual:Cash': 'GBP 250.00',
    });
  });
});
