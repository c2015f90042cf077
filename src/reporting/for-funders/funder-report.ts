import { coalitionCalendar } from '../../coalitions/coalition.js';
import { convertAmount } from '../../maths/convert.js';
import type { Day } from '../../maths/day.js';
import { sum } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { fieldError } from '../../platform/errors/domain-error.js';
import { type FiscalYear, fiscalYear, fiscalYearOf } from './fiscal-year.js';
import type { FunderReportSettingsAnswer } from './funder-report.dto.js';
import { type PaidIn, shareOfSpent } from './funder-share.rules.js';

/** What was spent on a goal, and the funder’s share of it. Minor units; the share as the funder reads it. */
export interface FunderReportLine {
  goalId: string;
  goal: string;
  spent: bigint;
  /** Null where nobody's money had come by then, or no rate is stated. */
  share: bigint | null;
}

/** A value that a report says was read. A plain decimal. */
export interface ReadingForFunder {
  seriesId: string;
  name: string;
  unit: string;
  places: number;
  period: string;
  /** Empty for the whole. */
  category: string;
  value: string;
}

/** One accepted report, as a funder reads it. */
export interface ReportForFunder {
  reportId: string;
  grantId: string;
  grant: string;
  partner: string;
  periodFrom: Day;
  periodTo: Day;
  currency: string;
  story: string;
  learning: string;
  attachments: { id: string; name: string }[];
  /** What was read in the period: the coalition's, and no funder's share of it. */
  readings: ReadingForFunder[];
  /** Null where nothing is converted. */
  rate: string | null;
  /** In which the share is. */
  shareCurrency: string;
  /** Set where the funder reads another currency and no rate is stated. */
  rateMissing: boolean;
  lines: FunderReportLine[];
}

/** The accepted reports of one fiscal year of a funder, in its currency, with its share of the money. */
export interface FunderReport {
  coalitionId: string;
  organisationId: string;
  funder: string;
  settings: FunderReportSettingsAnswer;
  fiscalYear: FiscalYear;
  today: Day;
  reports: ReportForFunder[];
  totals: { currency: string; amount: bigint }[];
}

/**
 * One report serves every funder: what partners have reported once, for the year of this funder. A report counts in the
 * year in which its period ends. Its share is of the money, by what its money had paid into the grant by then.
 */
export async function readFunderReport(
  tx: Tx,
  coalitionId: string,
  settings: FunderReportSettingsAnswer,
  year?: number,
): Promise<FunderReport> {
  const { organisationId, startMonth } = settings;
  const { today } = await coalitionCalendar(tx, coalitionId);
  if (year !== undefined && year > Number(today.slice(0, 4)))
    throw fieldError('ruleBroken', '/year', 'This year has not begun yet.');
  const span = year === undefined ? fiscalYearOf(today, startMonth) : fiscalYear(year, startMonth);
  const funder = await tx.row<{ name: string }>(`SELECT name FROM organisations WHERE id = $1`, [
    organisationId,
  ]);
  const accepted = await acceptedReports(tx, coalitionId, span);
  const reports: ReportForFunder[] = [];
  for (const { lines, ...report } of accepted) {
    const paid = await paidInto(tx, report.grantId, report.periodTo);
    const shareCurrency = settings.currency ?? report.currency;
    const rate =
      shareCurrency === report.currency
        ? null
        : await rateFor(tx, { coalitionId, from: report.currency, to: shareCurrency, on: report.periodTo });
    const read = (share: bigint | null): bigint | null => {
      if (share === null || shareCurrency === report.currency) return share;
      return rate === null ? null : convertAmount(share, report.currency, shareCurrency, rate);
    };
    reports.push({
      ...{ ...report, rate, shareCurrency },
      rateMissing: rate === null && shareCurrency !== report.currency,
      lines: lines.map(({ spent, ...line }) => ({
        ...{ ...line, spent: BigInt(spent) },
        share: read(shareOfSpent(BigInt(spent), paid, organisationId)),
      })),
    });
  }
  return {
    ...{ coalitionId, organisationId, funder: funder!.name, settings, fiscalYear: span, today, reports },
    totals: totalsOf(reports),
  };
}

function totalsOf(reports: readonly ReportForFunder[]): FunderReport['totals'] {
  const currencies = [...new Set(reports.map(({ shareCurrency }) => shareCurrency))].sort();
  return currencies.map((currency) => ({
    currency,
    amount: sum(
      reports
        .filter(({ shareCurrency }) => shareCurrency === currency)
        .flatMap(({ lines }) => lines.map(({ share }) => share ?? 0n)),
    ),
  }));
}

type Accepted = Pick<
  ReportForFunder,
  | 'reportId'
  | 'grantId'
  | 'grant'
  | 'partner'
  | 'periodFrom'
  | 'periodTo'
  | 'currency'
  | 'story'
  | 'learning'
  | 'attachments'
  | 'readings'
> & { lines: { goalId: string; goal: string; spent: string }[] };

const acceptedReports = (tx: Tx, coalitionId: string, { from, to }: FiscalYear): Promise<Accepted[]> =>
  tx.rows<Accepted>(
    `SELECT r.id AS "reportId", r.grant_id AS "grantId", g.reference || ' · ' || g.title AS grant, o.name AS partner,
       r.period_from AS "periodFrom", r.period_to AS "periodTo", r.currency, r.story, r.learning,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('goalId', t.id, 'goal', t.name, 'spent', l.amount::text) ORDER BY t.name, t.id), '[]')
        FROM spend_lines l JOIN goals t ON t.id = l.goal_id WHERE l.spend_report_id = r.id AND l.amount > 0) AS lines,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name) ORDER BY f.added_at, f.id), '[]')
        FROM report_attachments f WHERE f.spend_report_id = r.id) AS attachments,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('seriesId', s.id, 'name', s.name, 'unit', s.unit, 'places', s.places,
            'period', c.cell ->> 'period', 'category', c.cell ->> 'category', 'value', c.cell ->> 'value')
          ORDER BY s.name, s.id, c.place), '[]')
        FROM report_readings q CROSS JOIN LATERAL jsonb_array_elements(q.cells) WITH ORDINALITY AS c (cell, place)
        JOIN (SELECT id, name, unit, places FROM indicators UNION ALL SELECT id, name, unit, places FROM performance_measures) s
          ON s.id = coalesce(q.indicator_id, q.measure_id)
        WHERE q.spend_report_id = r.id AND c.cell ->> 'value' IS NOT NULL) AS readings
     FROM spend_reports r JOIN grants g ON g.id = r.grant_id JOIN organisations o ON o.id = r.organisation_id
     WHERE r.coalition_id = $1 AND r.state = 'accepted' AND r.period_to BETWEEN $2 AND $3
     ORDER BY r.period_to, o.name, r.id`,
    [coalitionId, from, to],
  );

/** What each funder's money had paid into a grant by a day, less what came back, in a fixed order. */
const paidInto = (tx: Tx, grantId: string, by: Day): Promise<PaidIn[]> =>
  tx.rows<PaidIn>(
    `SELECT a.subject_id AS "funderId", sum(p.amount)::bigint AS amount
     FROM postings p JOIN accounts a ON a.id = p.account_id JOIN journal_entries e ON e.id = p.entry_id
     LEFT JOIN disbursements d ON e.document_kind = 'disbursement' AND d.id = e.document_id
     LEFT JOIN grant_returns b ON e.document_kind = 'grantReturn' AND b.id = e.document_id
     WHERE a.kind = 'fundBalance' AND coalesce(d.grant_id, b.grant_id) = $1 AND e.occurred_on <= $2 AND e.kind NOT LIKE 'fee.%'
     GROUP BY a.subject_id ORDER BY a.subject_id`,
    [grantId, by],
  );

/** The newest rate that was stated for a day or before, or else the first one after. */
async function rateFor(
  tx: Tx,
  { coalitionId, from, to, on }: { coalitionId: string; from: string; to: string; on: Day },
): Promise<string | null> {
  const row = await tx.row<{ rate: string }>(
    `SELECT rate::text FROM stated_rates WHERE coalition_id = $1 AND from_currency = $2 AND to_currency = $3
     ORDER BY stated_on > $4, CASE WHEN stated_on <= $4 THEN stated_on END DESC, stated_on LIMIT 1`,
    [coalitionId, from, to, on],
  );
  return row?.rate ?? null;
}

/** Those whose money is or was in the coalition, by name. */
export const fundersOf = (tx: Tx, coalitionId: string): Promise<{ id: string; name: string }[]> =>
  tx.rows(
    `SELECT DISTINCT o.id, o.name FROM organisations o JOIN pledges p ON p.funder_id = o.id
     WHERE o.coalition_id = $1 AND p.state <> 'draft' ORDER BY o.name, o.id`,
    [coalitionId],
  );
