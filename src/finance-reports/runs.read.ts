import type { Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/errors/domain-error.js';
import { listPage, type Page } from '../platform/http/list.js';
import type { ControlTotal } from './control-totals.js';
import type { PoolPositionFigures, ReportParameters } from './pool-position.report.js';
import type { ReportKind } from './report-definitions.js';
import type { ReportRunQuery } from './run.dto.js';

/** A report as it was made, with its proof. */
export interface ReportRun {
  id: string;
  coalitionId: string;
  poolId: string;
  subscriptionId: string | null;
  kind: ReportKind;
  periodKey: string | null;
  asOf: Date;
  parameters: ReportParameters;
  figures: PoolPositionFigures;
  controlTotals: ControlTotal[];
  state: 'made' | 'doesNotTie';
  late: boolean;
  madeAt: Date;
  askedBy: string | null;
  files: { format: string; fileName: string; sha256: string }[];
}

const runs = `
  SELECT r.id, r.coalition_id AS "coalitionId", r.pool_id AS "poolId", r.subscription_id AS "subscriptionId",
    r.report_kind AS kind, r.period_key AS "periodKey", r.as_of AS "asOf", r.parameters, r.figures,
    r.control_totals AS "controlTotals", r.state, r.late, r.made_at AS "madeAt", p.name AS "askedBy",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('format', f.format, 'fileName', f.file_name, 'sha256', f.sha256)
       ORDER BY f.format), '[]') FROM report_files f WHERE f.run_id = r.id) AS files
  FROM report_runs r LEFT JOIN persons p ON p.id = r.asked_by`;

/** @throws notFound */
export async function readRun(tx: Tx, runId: string): Promise<ReportRun> {
  const run = await tx.row<ReportRun>(`${runs} WHERE r.id = $1`, [runId]);
  if (!run) throw notFound('report');
  return run;
}

/** Runs of a pool, newest first. */
export function listRuns(tx: Tx, poolId: string, query: ReportRunQuery): Promise<Page<ReportRun>> {
  return listPage<ReportRun>(
    tx,
    {
      sql: `${runs} WHERE r.pool_id = $1 AND ($2::uuid IS NULL OR r.subscription_id = $2)
        AND ($3::text IS NULL OR r.report_kind = $3) AND ($4::text IS NULL OR r.state = $4)
        AND ($5::boolean IS NULL OR r.late = $5)`,
      parameters: [
        poolId,
        query.subscriptionId ?? null,
        query.kind ?? null,
        query.state ?? null,
        query.late === undefined ? null : query.late === 'true',
      ],
      sorts: {
        madeAt: { column: '"madeAt"', type: 'timestamptz' },
        asOf: { column: '"asOf"', type: 'timestamptz' },
      },
      defaultSort: '-madeAt',
    },
    query,
  );
}

/** A run, and to how many people it was sent. */
export interface RunWithReach extends ReportRun {
  sentTo: number;
}

/** The runs of a pool, newest first, each with its reach. */
export async function listRunsWithReach(
  tx: Tx,
  poolId: string,
  query: ReportRunQuery,
): Promise<Page<RunWithReach>> {
  const page = await listRuns(tx, poolId, query);
  const reached = await tx.rows<{ id: string; sentTo: number }>(
    `SELECT cause_id AS id, count(*)::int AS "sentTo" FROM mail_messages
     WHERE cause_kind = 'report.run' AND template = 'financeReport' AND cause_id = ANY ($1::uuid[]) GROUP BY cause_id`,
    [page.items.map(({ id }) => id)],
  );
  const byRun = new Map(reached.map(({ id, sentTo }) => [id, sentTo]));
  return { ...page, items: page.items.map((run) => ({ ...run, sentTo: byRun.get(run.id) ?? 0 })) };
}

/** Where a run was sent. */
export interface Delivery {
  to: string;
  name: string | null;
  state: string;
  queuedAt: Date;
  sentAt: Date | null;
}

export const deliveriesOf = (tx: Tx, runId: string): Promise<Delivery[]> =>
  tx.rows<Delivery>(
    `SELECT m.to_address AS "to", p.name, m.state, m.created_at AS "queuedAt", m.sent_at AS "sentAt"
     FROM mail_messages m LEFT JOIN persons p ON p.id = m.person_id
     WHERE m.cause_kind = 'report.run' AND m.cause_id = $1 ORDER BY p.name, m.to_address`,
    [runId],
  );
