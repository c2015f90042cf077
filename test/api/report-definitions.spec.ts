import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bondPerformance } from '../../src/finance-reports/definitions/bonds/bond-performance.report.js';
import { cashFlowForecast } from '../../src/finance-reports/definitions/cash-flow-forecast.report.js';
import { disbursementRegister } from '../../src/finance-reports/definitions/disbursement-register.report.js';
import { funderStatement } from '../../src/finance-reports/definitions/funder-statement.report.js';
import { grantsOutstanding } from '../../src/finance-reports/definitions/grants-outstanding.report.js';
import { receivables } from '../../src/finance-reports/definitions/receivables.report.js';
import { spendByGoal } from '../../src/finance-reports/definitions/spend-by-goal.report.js';
import {
  definitionOf,
  type ReportKind,
  reportKinds,
} from '../../src/finance-reports/definitions/report-definitions.js';
import { composeReport } from '../../src/finance-reports/documents/compose-report.js';
import type {
  Cell,
  ForeignAmount,
  ReportSection,
} from '../../src/finance-reports/documents/report-document.js';
import type { ReportDefinition, ReportPool } from '../../src/finance-reports/documents/report-order.js';
import { pdfWriter } from '../../src/finance-reports/writers/pdf.js';
import { xlsxWriter } from '../../src/finance-reports/writers/xlsx.js';
import { formatAmount, formatMoney, parseAmount } from '../../src/maths/money.js';
import { personActor } from '../../src/platform/database/actor.js';
import { Database, inSnapshot } from '../../src/platform/database/database.js';
import { TestApp } from '../support/app.js';
import { figuresOf, madeReport } from '../support/finance-report.js';
import type { TestCoalition } from '../support/coalition.js';
import { type MadeReport, makeReport, type ReportCase } from '../support/made-report.js';
import { hasProgram } from '../support/programs.js';
import { recalculated, textOfPdf } from '../support/read-files.js';
import { early, late, type ReportWorld, reportWorld } from '../support/report-world.js';
import { written } from '../support/written.js';

const definitions = {
  funderStatement,
  disbursementRegister,
  cashFlowForecast,
  receivables,
  grantsOutstanding,
  spendByGoal,
  bondPerformance,
} as const satisfies Record<string, ReportDefinition>;
type Kind = keyof typeof definitions;
const kinds = Object.keys(definitions) as Kind[];

let app: TestApp;
let world: ReportWorld;
/** Made when nothing later had happened yet. */
const first = new Map<string, MadeReport>();

const bases = ['occurred', 'recorded'] as const;
const earlyCases = bases.map((basis): ReportCase => ({
  asOf: early,
  from: '2026-11-22',
  to: '2026-12-10',
  basis,
}));
/** By the end of the middle ones a return had come and was not recorded. */
const cases: ReportCase[] = [
  ...earlyCases,
  ...bases.map((basis): ReportCase => ({ asOf: late, from: '2026-12-02', to: '2027-04-13', basis })),
  ...bases.map((basis): ReportCase => ({ asOf: late, from: null, to: '2027-06-30', basis })),
];
const named = cases.map((each) => ({ ...each, of: `${each.basis}, to ${each.to}` }));

beforeAll(async () => {
  app = await TestApp.start({ now: '2026-11-23T09:00:00Z' });
  world = await reportWorld(app, async (coalition) => {
    for (const kind of kinds)
      for (const each of earlyCases) first.set(`${kind} ${each.basis}`, await make(kind, each, coalition));
  });
});
afterAll(() => app?.stop());

const make = (
  kind: Kind,
  each: ReportCase,
  coalition: TestCoalition = world.coalition,
): Promise<MadeReport> => makeReport(app, coalition.finance, definitions[kind], coalition.poolId, each);

/** Postings, each with its entry and its account, and with the day that it counts on. */
const postings = ({ asOf, basis }: ReportCase): string => `(
  SELECT e.id AS entry_id, e.kind, e.document_kind, e.document_id, e.recorded_at, a.kind AS account, a.subject_id, a.earmark_id, a.currency,
    p.amount, ${basis === 'occurred' ? 'e.occurred_on' : "(e.recorded_at AT TIME ZONE 'Europe/London')::date"} AS day
  FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
  WHERE e.pool_id = '${world.coalition.poolId}' AND e.recorded_at <= '${asOf.toISOString()}'
)`;

type Row = Record<string, unknown>;

/** What the ledger says, amounts as bigint: every column called `…$` is one. */
async function ledger(sql: string): Promise<Row[]> {
  const rows = await app.rows<Row>(sql);
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) =>
        name.endsWith('$')
          ? [name.slice(0, -1), value === null ? 0n : BigInt(value as string)]
          : [name, value],
      ),
    ),
  );
}

const within = ({ from, to }: ReportCase) => `day BETWEEN '${from ?? '-infinity'}' AND '${to}'`;
const before = ({ from }: ReportCase) => `day < '${from ?? '-infinity'}'`;
const figure = (made: MadeReport, name: string) => made.keyFigures.find((each) => each.name === name)?.amount;
const untied = ({ controlTotals }: MadeReport) =>
  controlTotals.filter(({ report, ledger: other }) => report !== other);

describe('every report', () => {
  it.each(kinds)('made again later is what it was: %s', async (kind) => {
    for (const each of earlyCases) {
      const before = first.get(`${kind} ${each.basis}`)!;
      const { coalition } = world;
      const again = await makeReport(
        ...([app, coalition.finance, definitions[kind], coalition.poolId, each, before.policies] as const),
      );
      expect(again).toEqual(before);
    }
  });

  it.each(kinds)('ties to the ledger, says what it is and has at most five key figures: %s', async (kind) => {
    for (const each of cases) {
      const made = await make(kind, each);
      expect(untied(made)).toEqual([]);
      expect(made.controlTotals.length).toBeGreaterThan(0);
      expect(made.keyFigures.length).toBeLessThanOrEqual(5);
      for (const { description, svg } of made.charts) {
        expect(description).toMatch(/\.$/);
        expect(svg).toMatch(/^<svg/);
      }
    }
    expect(definitions[kind].summary).toMatch(/\.$/);
  });
});

describe('every kind of report', () => {
  it.each(kinds)('is made by the API in every format, with the figures of the ledger: %s', async (kind) => {
    const { finance, poolId } = world.coalition;
    const terms = { kind, basis: 'occurred', formats: ['csv', 'xlsx', 'pdf'] };
    const run = await madeReport(app, finance, poolId, terms);
    expect(run.state).toBe('made');
    expect(run.files.map(({ format }) => format).sort()).toEqual(['csv', 'pdf', 'xlsx']);
    const made = await make(kind, { asOf: late, from: null, to: '2027-06-30', basis: 'occurred' });
    expect(figuresOf(run)).toEqual(
      Object.fromEntries(made.keyFigures.map(({ name, amount }) => [name, formatAmount(amount, 'GBP')])),
    );
  });
});

describe('a funder statement', () => {
  const parts = (each: ReportCase) => {
    const sum = (condition: string) => `-sum(amount) FILTER (WHERE ${within(each)} AND ${condition})`;
    return `-sum(amount) FILTER (WHERE ${before(each)}) AS "opening$",
      ${sum(`document_kind = 'contribution' AND kind LIKE 'contribution%'`)} AS "received$",
      ${sum(`kind LIKE 'fee%'`)} AS "fees$", ${sum(`document_kind = 'bankCharge'`)} AS "charges$",
      ${sum(`kind LIKE 'disbursement%'`)} AS "paidOut$", ${sum(`document_kind = 'grantReturn'`)} AS "returned$",
      ${sum(`document_kind = 'bondClosing'`)} AS "bondSurplus$", ${sum(`document_kind = 'refund'`)} AS "refunds$",
      0 AS "other$", -sum(amount) AS "closing$"`;
  };

  it.each(named)('has each funder as the postings have it: $of', async (each) => {
    const made = await make('funderStatement', each);
    const expected = await ledger(
      `SELECT o.name AS funder, ${parts(each)} FROM ${postings(each)} AS l JOIN organisations o ON o.id = subject_id
       WHERE account = 'fundBalance' AND day <= '${each.to}' GROUP BY o.name ORDER BY o.name`,
    );
    expect(made.tables.funders).toEqual(expected);
    const [total] = await ledger(
      `SELECT -sum(amount) AS "closing$" FROM ${postings(each)} AS l WHERE account = 'fundBalance' AND day <= '${each.to}'`,
    );
    expect(figure(made, 'closing')).toBe(total!.closing);
    expect(made.tables.pledged).toEqual(
      (
        await ledger(
          `SELECT o.name AS funder, l.currency, -sum(amount) AS "open$",
             -coalesce(sum(amount) FILTER (WHERE kind LIKE 'pledge.%' AND ${within(each)}), 0) AS "pledged$"
           FROM ${postings(each)} AS l JOIN organisations o ON o.id = subject_id
           WHERE account = 'pledgedFunds' AND day <= '${each.to}' GROUP BY o.name, l.currency ORDER BY o.name, l.currency`,
        )
      ).map(({ funder, currency, open, pledged }) => ({
        ...{ funder, pledged: { amount: pledged, currency }, open: { amount: open, currency } },
      })),
    );
  });

  it.each(named)('shares what was paid by grant and goal: $of', async (each) => {
    const made = await make('funderStatement', each);
    const paid = `SELECT o.name AS funder, g.reference AS grant, g.id AS grant_id, sum(l.amount) AS amount
      FROM ${postings(each)} AS l JOIN organisations o ON o.id = subject_id
      LEFT JOIN disbursements d ON d.id = document_id LEFT JOIN grant_returns r ON r.id = document_id
      JOIN grants g ON g.id IN (d.grant_id, r.grant_id)
      WHERE account = 'fundBalance' AND kind NOT LIKE 'fee%' AND ${within(each)} GROUP BY o.name, g.id`;
    const expected = await ledger(
      `SELECT funder, "grant", amount AS "amount$" FROM (${paid}) AS p ORDER BY funder, "grant"`,
    );
    expect(made.tables.grants!.map(({ funder, grant, amount }) => ({ funder, grant, amount }))).toEqual(
      expected,
    );
    const goals = await ledger(
      `SELECT funder, goals, sum(amount) AS "amount$" FROM (${paid}) AS p CROSS JOIN LATERAL (
         SELECT string_agg(t.name, ', ' ORDER BY t.name) AS goals FROM grant_goals s JOIN goals t ON t.id = s.goal_id
         WHERE s.grant_id = p.grant_id) AS t GROUP BY funder, goals`,
    );
    const ordered = (rows: Row[]) => rows.map((row) => JSON.stringify(row, asText)).sort();
    expect(ordered(made.tables.goals!)).toEqual(ordered(goals));
  });

  it.each(named)(
    'of one funder lists what led from its opening to its closing balance: $of',
    async (each) => {
      const funderId = world.coalition.north;
      const made = await make('funderStatement', { ...each, funderId });
      expect(untied(made)).toEqual([]);
      const [expected] = await ledger(
        `SELECT ${parts(each)} FROM ${postings(each)} AS l
       WHERE account = 'fundBalance' AND subject_id = '${funderId}' AND day <= '${each.to}'`,
      );
      expect(made.tables.summary!.map(({ amount }) => amount)).toEqual(Object.values(expected!));
      const moved = await ledger(
        `SELECT -sum(amount) AS "amount$" FROM ${postings(each)} AS l WHERE account = 'fundBalance'
         AND subject_id = '${funderId}' AND ${within(each)} GROUP BY entry_id, earmark_id`,
      );
      expect(made.tables.movements!.length).toBe(moved.length);
      expect(made.tables.movements!.at(-1)?.balance).toBe(expected!.closing);
    },
  );
});

/** What was still to come of pledges and to be paid of grants at the end of each case, as the world tells it. */
const plans = {
  '2026-12-10': {
    pledges: [
      {
        pledge: 'N-1',
        dueOn: '2027-02-15',
        open: 7_500_00n,
        currency: 'GBP',
        amount: 7_500_00n,
        age: 'Not due',
      },
      {
        pledge: 'N-1',
        dueOn: '2028-02-15',
        open: 10_000_00n,
        currency: 'GBP',
        amount: 10_000_00n,
        age: 'Not due',
      },
      {
        pledge: 'S-1',
        dueOn: '2026-12-01',
        open: 10_000_01n,
        currency: 'EUR',
        amount: 8_625_00n,
        age: '1–30 days late',
      },
    ],
    instalments: [
      { grant: 'A', dueOn: '2027-03-01', amount: 3_000_00n, state: 'Planned' },
      { grant: 'A', dueOn: '2027-06-01', amount: 3_000_00n, state: 'Planned' },
      { grant: 'B', dueOn: '2027-06-01', amount: 2_000_00n, state: 'Planned' },
    ],
  },
  '2027-04-13': {
    pledges: [
      {
        pledge: 'N-1',
        dueOn: '2027-04-30',
        open: 9_000_00n,
        currency: 'GBP',
        amount: 9_000_00n,
        age: 'Not due',
      },
      {
        pledge: 'N-1',
        dueOn: '2028-02-15',
        open: 12_000_00n,
        currency: 'GBP',
        amount: 12_000_00n,
        age: 'Not due',
      },
      {
        pledge: 'S-1',
        dueOn: '2026-12-01',
        open: 10_000_01n,
        currency: 'EUR',
        amount: 8_625_00n,
        age: 'Over 90 days late',
      },
    ],
    instalments: [
      { grant: 'B', dueOn: '2026-12-01', amount: 2_000_00n, state: 'Due' },
      { grant: 'A', dueOn: '2027-06-01', amount: 4_500_00n, state: 'Planned' },
      { grant: 'B', dueOn: '2027-06-01', amount: 2_000_00n, state: 'Planned' },
    ],
  },
  '2027-06-30': {
    pledges: [
      {
        pledge: 'N-1',
        dueOn: '2027-04-30',
        open: 9_000_00n,
        currency: 'GBP',
        amount: 9_000_00n,
        age: '61–90 days late',
      },
      {
        pledge: 'N-1',
        dueOn: '2028-02-15',
        open: 12_000_00n,
        currency: 'GBP',
        amount: 12_000_00n,
        age: 'Not due',
      },
      {
        pledge: 'S-1',
        dueOn: '2026-12-01',
        open: 10_000_01n,
        currency: 'EUR',
        amount: 8_625_00n,
        age: 'Over 90 days late',
      },
    ],
    instalments: [
      { grant: 'B', dueOn: '2026-12-01', amount: 2_000_00n, state: 'Due' },
      { grant: 'A', dueOn: '2027-06-01', amount: 4_500_00n, state: 'Due' },
      { grant: 'B', dueOn: '2027-06-01', amount: 2_000_00n, state: 'Due' },
    ],
  },
};
const planOf = ({ to }: ReportCase) => plans[to as keyof typeof plans];

describe('a cash-flow forecast', () => {
  it.each(named)('starts from the cash of then, and follows the plans of then: $of', async (each) => {
    const made = await make('cashFlowForecast', each);
    const [cash] = await ledger(
      `SELECT sum(amount) AS "opening$" FROM ${postings(each)} AS l WHERE day <= '${each.to}' AND account IN
         ('cash', 'feesPayable', 'investorCapital', 'investorReturn', 'programmeCost', 'bondProceeds')`,
    );
    const { pledges, instalments } = planOf(each);
    const month = (dueOn: string) => (dueOn < each.to ? each.to : dueOn).slice(0, 7);
    let expected = cash!.opening as bigint;
    let certain = expected;
    const months = [];
    for (let index = 0; index < 36; index += 1) {
      const [year, of] = [Number(each.to.slice(0, 4)), Number(each.to.slice(5, 7)) - 1 + index];
      const name = `${year + Math.floor(of / 12)}-${String((of % 12) + 1).padStart(2, '0')}`;
      const come = pledges.filter(({ dueOn }) => month(dueOn) === name);
      const [into, intoCertain] = [sumOf(come, 'amount'), (sumOf(come, 'amount') * 8n) / 10n];
      const out = sumOf(
        instalments.filter(({ dueOn }) => month(dueOn) === name),
        'amount',
      );
      expected += into - out;
      certain += intoCertain - out;
      const closing = { closing: expected, closingCertain: certain };
      months.push({ month: name, in: into, inCertain: intoCertain, out, outWaiting: 0n, ...closing });
    }
    expect(made.tables.months).toEqual(months);
    expect(figure(made, 'opening')).toBe(cash!.opening);
    const cliff = months.find(({ closingCertain }) => closingCertain < 1_000_00n);
    expect(figure(made, 'cliff')).toBe(cliff ? 1_000_00n - cliff.closingCertain : 0n);
  });
});

describe('receivables', () => {
  it.each(named)(
    'have each instalment of a pledge by its age, and together what the ledger says: $of',
    async (each) => {
      const made = await make('receivables', each);
      const rows = made.tables.instalments!.map(({ pledge, dueOn, open, amount, age }) => ({
        ...{ pledge, dueOn, amount, age, ...renamed(open) },
      }));
      expect(rows).toEqual(planOf(each).pledges);
      const byCurrency = await ledger(
        `SELECT currency, sum(amount) AS "open$" FROM ${postings(each)} AS l
       WHERE account = 'pledgesReceivable' AND day <= '${each.to}' GROUP BY currency ORDER BY currency`,
      );
      expect(made.tables.currencies!.map(({ total }) => renamed(total))).toEqual(byCurrency);
      expect(figure(made, 'pledges')).toBe(sumOf(planOf(each).pledges, 'amount'));
      expect(sumOf(made.tables.funders!, 'total')).toBe(figure(made, 'pledges'));
      expect(sumOf(made.tables.funders!, 'overdue')).toBe(figure(made, 'pledgesOverdue'));
    },
  );

  it.each(named)('have each open invoice of a bond by its postings: $of', async (each) => {
    const made = await make('receivables', each);
    const expected = await ledger(
      `SELECT o.name AS payer, b.reference || '/' || i.number AS invoice, sum(l.amount) AS "amount$"
       FROM ${postings(each)} AS l JOIN outcome_invoices i ON i.id = document_id JOIN bonds b ON b.id = i.bond_id
       JOIN bond_parties y ON y.id = i.party_id JOIN organisations o ON o.id = y.organisation_id
       WHERE account = 'outcomePaymentsReceivable' AND day <= '${each.to}'
       GROUP BY o.name, b.reference, i.number HAVING sum(l.amount) <> 0 ORDER BY o.name, i.number`,
    );
    expect(made.tables.invoices!.map(({ payer, invoice, amount }) => ({ payer, invoice, amount }))).toEqual(
      expected,
    );
    expect(expected.length).toBe(each.to === '2027-06-30' ? 2 : 0);
    expect(figure(made, 'invoices')).toBe(sumOf(expected, 'amount'));
    expect(sumOf(made.tables.payers!, 'total')).toBe(sumOf(expected, 'amount'));
  });
});

describe('grants outstanding', () => {
  it.each(named)('have what was awarded, paid and given back of each grant: $of', async (each) => {
    const made = await make('grantsOutstanding', each);
    const sum = (condition: string) => `coalesce(sum(l.amount) FILTER (WHERE ${condition}), 0)`;
    const expected = await ledger(
      `SELECT g.reference AS "grant", -${sum(`kind LIKE 'grant.%'`)} AS "award$",
         ${sum(`kind LIKE 'disbursement.%'`)} AS "paid$", -sum(l.amount) AS "outstanding$",
         (SELECT coalesce(sum(b.amount), 0) FROM ${postings(each)} AS b JOIN grant_returns r ON r.id = b.document_id
          WHERE r.grant_id = g.id AND b.account = 'cash' AND b.day <= '${each.to}') AS "returned$"
       FROM ${postings(each)} AS l JOIN grants g ON g.id = subject_id
       WHERE account = 'grantsOutstanding' AND day <= '${each.to}' GROUP BY g.id ORDER BY g.reference`,
    );
    expect(
      made.tables.grants!.map(({ grant, award, paid, outstanding, returned }) => ({
        ...{ grant, award, paid, outstanding, returned },
      })),
    ).toEqual(expected);
    expect(figure(made, 'outstanding')).toBe(sumOf(expected, 'outstanding'));
  });

  it.each(named)('have what is unpaid by its day and its year: $of', async (each) => {
    const made = await make('grantsOutstanding', each);
    const { instalments } = planOf(each);
    expect(
      made.tables.instalments!.map(({ grant, dueOn, amount, state }) => ({ grant, dueOn, amount, state })),
    ).toEqual(expect.arrayContaining(instalments));
    expect(made.tables.instalments!.length).toBe(instalments.length);
    const late = sumOf(
      instalments.filter(({ dueOn }) => dueOn < each.to),
      'amount',
    );
    expect([figure(made, 'overdue'), sumOf(made.tables.years!, 'overdue')]).toEqual([late, late]);
    expect(sumOf(made.tables.years!, 'unpaid')).toBe(figure(made, 'outstanding'));
    for (const { year, unpaid } of made.tables.years!)
      expect(unpaid).toBe(
        sumOf(
          instalments.filter(({ dueOn }) => dueOn.startsWith(year as string)),
          'amount',
        ),
      );
  });
});

describe('spend by goal', () => {
  const accepted = (each: ReportCase) => `(SELECT r.grant_id, l.goal_id, l.amount,
      ${each.basis === 'occurred' ? 'r.period_to' : "(r.reviewed_at AT TIME ZONE 'Europe/London')::date"} AS day
    FROM spend_reports r JOIN spend_lines l ON l.spend_report_id = r.id
    WHERE r.state = 'accepted' AND r.reviewed_at <= '${each.asOf.toISOString()}')`;

  it.each(named)(
    'has what each grant was paid and gave back, and what was reported of it: $of',
    async (each) => {
      const made = await make('spendByGoal', each);
      const spent = (condition: string) =>
        `(SELECT coalesce(sum(s.amount), 0) FROM ${accepted(each)} AS s WHERE s.grant_id = g.id AND ${condition})`;
      const until = `day <= '${each.to}'`;
      const expected = await ledger(
        `SELECT g.reference AS "grant", coalesce(sum(m.amount) FILTER (WHERE ${within(each)} AND is_paid), 0) AS "paid$",
         -coalesce(sum(m.amount) FILTER (WHERE ${within(each)} AND NOT is_paid), 0) AS "returned$",
         ${spent(within(each))} AS "spent$", sum(m.amount) - ${spent(until)} AS "notReported$"
       FROM grants g JOIN (
         SELECT coalesce(d.grant_id, r.grant_id) AS grant_id, d.id IS NOT NULL AS is_paid, l.amount, l.day
         FROM ${postings(each)} AS l LEFT JOIN disbursements d ON d.id = document_id AND l.kind LIKE 'disbursement%'
         LEFT JOIN grant_returns r ON r.id = document_id
         WHERE account = 'fundBalance' AND coalesce(d.id, r.id) IS NOT NULL AND ${until}) AS m ON m.grant_id = g.id
       GROUP BY g.id ORDER BY g.reference`,
      );
      const rows = made.tables.grants!;
      expect(
        rows.map(({ grant, paid, returned, spent: told, notReported }) => ({
          ...{ grant, paid, returned, spent: told, notReported },
        })),
      ).toEqual(expected);
      for (const column of ['paid', 'returned', 'spent', 'notReported'])
        expect([figure(made, column), sumOf(made.tables.goals!, column)]).toEqual(
          [1, 2].map(() => sumOf(expected, column)),
        );
      const byGoal = await ledger(
        `SELECT g.reference AS "grant", t.name AS goal, sum(s.amount) AS "spent$" FROM ${accepted(each)} AS s
       JOIN grants g ON g.id = s.grant_id JOIN goals t ON t.id = s.goal_id WHERE ${within(each)}
       GROUP BY g.reference, t.name ORDER BY g.reference, t.name`,
      );
      expect(made.tables.grantGoals).toEqual(byGoal);
      expect(sumOf(made.tables.spent!, 'spent')).toBe(sumOf(byGoal, 'spent'));
    },
  );

  it('tells reported spending from the day its period ends, or from the day it was accepted', async () => {
    const spentBy = async (basis: 'occurred' | 'recorded') =>
      figure(await make('spendByGoal', { asOf: late, from: '2026-12-02', to: '2027-04-13', basis }), 'spent');
    expect([await spentBy('occurred'), await spentBy('recorded')]).toEqual([2_600_00n, 0n]);
  });
});

describe('bond performance', () => {
  /** By the accounts of the bond and of its parties. */
  const figures = (each: ReportCase) => {
    const sum = (account: string, entries = '%') =>
      `coalesce(sum(l.amount) FILTER (WHERE account IN (${account}) AND l.kind LIKE '${entries}'), 0)`;
    const [due, capital] = [`'outcomePaymentsReceivable'`, `'investorCapital'`];
    return {
      from: `${postings(each)} AS l LEFT JOIN bond_parties y ON y.id = l.subject_id
        JOIN bonds b ON b.id IN (l.subject_id, y.bond_id) LEFT JOIN organisations o ON o.id = y.organisation_id
        WHERE l.day <= '${each.to}'`,
      invoices: `${sum(due, 'outcome.invoiced%')} AS "invoiced$", -${sum(due, 'outcome.invoiceCancelled%')} AS "cancelled$",
        -${sum(due, 'outcome.received%')} AS "received$", ${sum(due)} AS "receivable$"`,
      other: `-${sum(`'bondProceeds'`)} + ${sum(due, 'outcome.received%')} AS "otherReceived$"`,
      capital: `-${sum(capital, 'drawdown%')} AS "drawn$", ${sum(capital, 'distribution%')} AS "repaid$",
        -${sum(capital)} AS "capital$", ${sum(`'investorReturn'`, 'distribution%')} AS "returnPaid$"`,
      uses: `0 AS "lost$", ${sum(`'programmeCost'`, 'providerAdvance%')} AS "advanced$",
        ${sum(`'programmeCost'`, 'distribution%')} AS "feesAndShares$",
        -${sum(`'investorCapital', 'investorReturn', 'programmeCost', 'bondProceeds'`)} AS "held$"`,
    };
  };
  const only = (rows: Row[], names: Row | undefined) =>
    rows.map((row) => Object.fromEntries(Object.keys(names ?? {}).map((name) => [name, row[name]])));

  it.each(named)('has what its accounts say, as a whole and party by party: $of', async (each) => {
    const made = await make('bondPerformance', each);
    const { from, invoices, other, capital, uses } = figures(each);
    const [bond] = await ledger(
      `SELECT b.reference AS bond, ${invoices}, ${other}, ${capital}, ${uses} FROM ${from} GROUP BY b.reference`,
    );
    const { bonds, capital: lent, payers, investors, periods } = made.tables;
    expect(
      only(
        bonds!.map((row, index) => ({ ...lent![index], ...row })),
        bond,
      ),
    ).toEqual(bond ? [bond] : []);
    expect(figure(made, 'held')).toBe(bond?.held ?? 0n);
    const paying = await ledger(
      `SELECT o.name AS payer, ${invoices} FROM ${from} AND y.role = 'payer' GROUP BY o.name ORDER BY o.name`,
    );
    expect(only(payers!, paying[0])).toEqual(paying);
    const lending = await ledger(
      `SELECT o.name AS investor, ${capital} FROM ${from} AND y.role = 'investor' GROUP BY o.name ORDER BY o.name`,
    );
    expect(
      only(
        investors!.filter(({ drawn }) => drawn !== 0n),
        lending[0],
      ),
    ).toEqual(lending);
    expect(sumOf(periods!, 'actual')).toBe(bond?.invoiced ?? 0n);
    expect(bond !== undefined).toBe(each.to === '2027-06-30');
  });

  it('tells outcomes, the plan beside them, and how investors have done', async () => {
    const made = await make('bondPerformance', cases.at(-1)!);
    const { outcomes, periods, investors, payers } = made.tables;
    expect(outcomes).toEqual([
      {
        ...{ bond: world.bond.reference, outcome: 'An outcome', claimed: '1200', accepted: '1200' },
        ...{ gross: 1_200_00n, trimmed: 0n, net: 1_200_00n },
      },
    ]);
    expect(
      periods!.map(({ period, planned, actual, difference }) => [period, planned, actual, difference]),
    ).toEqual([
      [1, 1_000_00n, 900_00n, -100_00n],
      [2, 1_000_00n, 300_00n, -700_00n],
      [3, 1_000_00n, 0n, -1_000_00n],
    ]);
    // 600.00 of 20,000.00 came back; the rest is out, so that nothing was won or lost by then.
    expect(
      investors!.map(({ committed, withCapital, cameBack, withCapitalTimes }) => [
        ...[committed, withCapital, cameBack, withCapitalTimes],
      ]),
    ).toEqual([
      [60_000_00n, '0.0000', '0.030000', '1.000000'],
      [40_000_00n, null, null, null],
    ]);
    expect(payers!.map(({ cap, headroom }) => [cap, headroom])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(made.charts).toHaveLength(1);
  });
});

const renamed = (cell: Cell | undefined) => {
  const { amount, currency } = cell as ForeignAmount;
  return { open: amount, currency };
};

const sumOf = (rows: Row[], column: string): bigint =>
  rows.reduce((sum, row) => sum + ((row[column] as bigint | null) ?? 0n), 0n);

const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

describe('a disbursement register', () => {
  it.each(named)('has every payment and every return as its entry was posted: $of', async (each) => {
    const made = await make('disbursementRegister', each);
    const expected = await ledger(
      `SELECT l.entry_id, g.reference AS "grant", d.bank_reference AS reference, min(i.number) AS instalment,
         CASE WHEN l.kind LIKE '%reversed' THEN 'Sent back by the bank' ELSE 'Paid' END AS event,
         sum(l.amount) FILTER (WHERE account = 'grantsOutstanding') AS "amount$",
         -sum(l.amount) FILTER (WHERE account = 'cash') AS "cash$"
       FROM ${postings(each)} AS l JOIN disbursements d ON d.id = document_id JOIN grants g ON g.id = d.grant_id
       JOIN instalments i ON i.id = d.instalment_id JOIN journal_entries x ON x.id = l.entry_id
       WHERE l.kind LIKE 'disbursement.%' AND ${within(each)}
       GROUP BY l.entry_id, l.kind, g.id, d.id, x.occurred_on ORDER BY x.occurred_on, l.entry_id`,
    );
    const rows = made.tables.payments!;
    expect(
      rows.map(({ grant, reference, instalment, event, amount, cash }) => ({
        ...{ grant, reference, instalment, event, amount, cash },
      })),
    ).toEqual(expected.map(({ entry_id: _, ...row }) => row));
    const [total] = await ledger(
      `SELECT -coalesce(sum(amount), 0) AS "cash$" FROM ${postings(each)} AS l
       WHERE account = 'cash' AND document_kind = 'disbursement' AND ${within(each)}`,
    );
    expect(figure(made, 'cash')).toBe(total!.cash);
    expect(sumOf(rows, 'cash')).toBe(total!.cash);
  });

  it('tells a payment in another currency as the payee got it, and who asked and approved', async () => {
    const made = await make('disbursementRegister', { ...cases[4]! });
    const abroad = made.tables.payments!.filter(({ grant }) => grant === 'B');
    expect(abroad.map(({ amount, paid, rate, cash }) => [amount, paid, rate, cash])).toEqual([
      [2000_00n, { amount: 2320_00n, currency: 'EUR' }, '0.8621', 2004_50n],
      [-2000_00n, { amount: -2320_00n, currency: 'EUR' }, '0.8621', -2004_50n],
    ]);
    expect(abroad[0]).toMatchObject({
      payee: 'Stream Youth Work',
      madeBy: 'Finance of River Towns',
      approvedBy: 'Approver of River Towns',
    });
    expect(abroad[0]!.endToEndId).toMatch(/^[0-9A-F]{32}$/);
  });
});

/** What the files of each kind say, read by programs that are not ours. */
describe('every report as files', () => {
  const period = { from: null, to: '2027-06-30' };
  const document = (kind: ReportKind) => {
    const { finance, poolId } = world.coalition;
    return inSnapshot(app.nest.get(Database), personActor(finance.id, finance.name), async (tx) => {
      const pool = (await tx.row<ReportPool>(
        `SELECT p.id, p.coalition_id AS "coalitionId", p.name, c.name AS coalition, p.currency, c.time_zone AS "timeZone"
         FROM pools p JOIN coalitions c ON c.id = p.coalition_id WHERE p.id = $1`,
        [poolId],
      ))!;
      const made = await composeReport(tx, definitionOf(kind), {
        ...{ kind, pools: [{ ...pool, policies: null }], period, asOf: late, basis: 'occurred' as const },
        ...{ funderId: null, currency: null, rates: [] },
      });
      const [section] = made.document.sections;
      const totals = await totalsOf(section!);
      const [pdf, xlsx] = [await written(pdfWriter, made.document), await written(xlsxWriter, made.document)];
      return { section: section!, totals, pdf, xlsx };
    });
  };

  /** The totals of each table, as numbers. */
  async function totalsOf({ parts, currency }: ReportSection): Promise<Record<string, string[]>> {
    const totals: Record<string, string[]> = {};
    for (const part of parts) {
      if (part.kind !== 'table') continue;
      const sums = part.columns.map(({ isSummed }): bigint | null => (isSummed ? 0n : null));
      let count = 0;
      for await (const row of part.rows()) {
        count += 1;
        row.forEach((cell, index) => {
          if (sums[index] !== null && cell !== null) sums[index] = sums[index]! + BigInt(cell as bigint);
        });
      }
      const isSummed = part.columns.some((column) => column.isSummed);
      totals[part.name] = sums.flatMap((sum, index) => {
        if (sum === null || count === 0 || !isSummed) return [];
        return [part.columns[index]!.type === 'money' ? formatAmount(sum, currency) : sum.toString()];
      });
    }
    return totals;
  }

  it.each(reportKinds)(
    '%s: figures and totals are on its pages, and a spreadsheet comes to them',
    async (kind) => {
      const { section, totals, pdf, xlsx } = await document(kind);
      expect([pdf.subarray(0, 5).toString(), xlsx.subarray(0, 2).toString()]).toEqual(['%PDF-', 'PK']);
      if (hasProgram('pdftotext')) {
        const text = textOfPdf(pdf);
        for (const { amount } of section.keyFigures)
          expect(text).toContain(formatMoney(amount, section.currency, 'en-GB'));
        for (const { ledger } of section.controlTotals)
          expect(text).toContain(formatMoney(ledger, section.currency, 'en-GB', { symbol: false }));
        for (const [first] of Object.values(totals))
          if (first?.includes('.'))
            expect(text).toContain(
              formatMoney(parseAmount(first, section.currency), section.currency, 'en-GB', { symbol: false }),
            );
        expect(text).toContain('Ties to the ledger');
      }
      if (hasProgram('ssconvert')) {
        const [about, ...sheets] = recalculated(xlsx);
        expect(about!.at(-1)!.at(-1)).toBe('all tie');
        const found = sheets.map((rows) => {
          const last = rows.at(-1)!;
          return last[0] === 'Total' || last.includes('Total')
            ? last.filter((cell) => /^-?[\d.]+$/.test(cell))
            : [];
        });
        const expected = Object.values(totals).map((sums) => sums.map((sum) => String(Number(sum))));
        expect(found.toSorted()).toEqual(expected.toSorted());
      }
    },
  );
});
