import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { disbursementRegister } from '../../src/finance-reports/definitions/disbursement-register.report.js';
import { funderStatement } from '../../src/finance-reports/definitions/funder-statement.report.js';
import type { ReportDefinition } from '../../src/finance-reports/documents/report-order.js';
import { TestApp } from '../support/app.js';
import type { TestCoalition } from '../support/coalition.js';
import { type MadeReport, makeReport, type ReportCase } from '../support/made-report.js';
import { early, late, type ReportWorld, reportWorld } from '../support/report-world.js';

const definitions = { funderStatement, disbursementRegister } as const satisfies Record<
  string,
  ReportDefinition
>;
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
