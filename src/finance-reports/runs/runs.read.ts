import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../platform/http/list.js';
import type { ReportKind } from '../definitions/report-definitions.js';
import type { ComposedPool } from '../documents/compose-report.js';
import type { KeptSection } from '../documents/kept-section.js';
import type { Basis, StatedRate } from '../documents/report-document.js';
import type { ReportFormat } from '../writers/report-writer.js';
import type { ReportRunQuery } from './run.dto.js';
import type { ReportScope } from './run-order.js';

export const runStates = ['queued', 'making', 'made', 'doesNotTie', 'failed', 'cancelled'] as const;
export type RunState = (typeof runStates)[number];

/** A report that was asked for, and its proof once it was made. */
export interface ReportRun {
  id: string;
  /** The first of its coalitions. */
  coalitionId: string;
  coalitionIds: string[];
  scope: ReportScope['kind'];
  poolId: string | null;
  /** With the policies that it was made under. */
  pools: ComposedPool[];
  subscriptionId: string | null;
  kind: ReportKind;
  periodKey: string | null;
  period: { from: string | null; to: string };
  asOf: Date;
  basis: Basis;
  funderId: string | null;
  currency: string | null;
  rates: StatedRate[];
  formats: ReportFormat[];
  sections: KeptSection[];
  state: RunState;
  late: boolean;
  isPreview: boolean;
  againOf: string | null;
  ownerId: string;
  owner: string | null;
  askedBy: string | null;
  askedAt: Date;
  madeAt: Date | null;
  rowsWritten: number;
  /** Null where nobody knows beforehand. */
  rowsExpected: number | null;
  attempts: number;
  leaseUntil: Date | null;
  failure: string | null;
  files: RunFileFacts[];
}

export interface RunFileFacts {
  format: ReportFormat;
  fileName: string;
  sha256: string;
  sizeBytes: number;
}

const runs = (sections: string) => `
  SELECT r.id, r.coalition_id AS "coalitionId", r.coalition_ids AS "coalitionIds", r.scope, r.pool_id AS "poolId", r.pools,
    r.subscription_id AS "subscriptionId", r.report_kind AS kind, r.period_key AS "periodKey",
    jsonb_build_object('from', r.period_from, 'to', r.period_to) AS period, r.as_of AS "asOf", r.basis,
    r.funder_id AS "funderId", r.currency, r.rates, r.formats, ${sections} r.state, r.late,
    r.is_preview AS "isPreview", r.again_of AS "againOf", r.owner_id AS "ownerId", o.name AS owner, p.name AS "askedBy",
    r.asked_at AS "askedAt", r.made_at AS "madeAt", r.rows_written::int AS "rowsWritten",
    r.rows_expected::int AS "rowsExpected", r.attempts, r.lease_until AS "leaseUntil", r.failure,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('format', f.format, 'fileName', f.file_name, 'sha256', f.sha256,
       'sizeBytes', s.size_bytes) ORDER BY f.format), '[]')
     FROM report_files f JOIN stored_files s ON s.id = f.file_id WHERE f.run_id = r.id) AS files
  FROM report_runs r LEFT JOIN persons p ON p.id = r.asked_by LEFT JOIN persons o ON o.id = r.owner_id`;

/** @throws notFound */
export async function readRun(tx: Tx, runId: string): Promise<ReportRun> {
  const run = await tx.row<ReportRun>(`${runs('r.sections,')} WHERE r.id = $1`, [runId]);
  if (!run) throw notFound('report');
  return run;
}

/** The run that this one makes again, if it does and one sees it. */
export async function readFirst(
  tx: Tx,
  { againOf }: Pick<ReportRun, 'againOf'>,
): Promise<ReportRun | undefined> {
  return againOf === null
    ? undefined
    : tx.row<ReportRun>(`${runs('r.sections,')} WHERE r.id = $1`, [againOf]);
}

/** As lists have it: without its figures. */
export type ListedRun = Omit<ReportRun, 'sections'>;

/** Where runs are looked for: those about one pool, those that lie with or tell of a coalition, or all one may see. */
export type RunPlace = { poolId: string } | { coalitionId: string } | 'everywhere';

/** Runs of a place, newest first. */
export function listRuns(tx: Tx, place: RunPlace, query: ReportRunQuery): Promise<Page<ListedRun>> {
  return listPage<ListedRun>(
    tx,
    {
      sql: `${runs('')} WHERE ($1::uuid IS NULL OR $1 = ANY (r.pool_ids)) AND ($2::uuid IS NULL OR $2 = ANY (r.coalition_ids))
        AND ($3::uuid IS NULL OR r.subscription_id = $3) AND ($4::text IS NULL OR r.report_kind = $4)
        AND ($5::text IS NULL OR r.state = $5) AND ($6::boolean IS NULL OR r.late = $6)
        AND r.coalition_ids <@ (SELECT overseen_coalitions())::uuid[]`,
      parameters: [
        place !== 'everywhere' && 'poolId' in place ? place.poolId : null,
        place !== 'everywhere' && 'coalitionId' in place ? place.coalitionId : null,
        query.subscriptionId ?? null,
        query.kind ?? null,
        query.state ?? null,
        query.late === undefined ? null : query.late === 'true',
      ],
      sorts: {
        askedAt: { column: '"askedAt"', type: 'timestamptz' },
        asOf: { column: '"asOf"', type: 'timestamptz' },
      },
      defaultSort: '-askedAt',
    },
    query,
  );
}

/** A run, and to how many people it was sent. */
export interface RunWithReach extends ListedRun {
  sentTo: number;
}

/** The runs of a place, newest first, each with its reach. */
export async function listRunsWithReach(
  tx: Tx,
  place: RunPlace,
  query: ReportRunQuery,
): Promise<Page<RunWithReach>> {
  const page = await listRuns(tx, place, query);
  const reached = await tx.rows<{ id: string; sentTo: number }>(
    `SELECT cause_id AS id, count(*)::int AS "sentTo" FROM mail_messages
     WHERE cause_kind = 'report.run' AND template = 'financeReport' AND cause_id = ANY ($1::uuid[]) GROUP BY cause_id`,
    [page.items.map(({ id }) => id)],
  );
  const byRun = new Map(reached.map(({ id, sentTo }) => [id, sentTo]));
  return { ...page, items: page.items.map((run) => ({ ...run, sentTo: byRun.get(run.id) ?? 0 })) };
}

/** Where a run was sent, or who was told about it. */
export interface Delivery {
  to: string;
  name: string | null;
  /** What kind of letter: the report itself, or an alarm. */
  letter: string;
  state: string;
  queuedAt: Date;
  sentAt: Date | null;
  /** What the mail server said last, where it took it not. */
  problem: string | null;
}

export const deliveriesOf = (tx: Tx, runId: string): Promise<Delivery[]> =>
  tx.rows<Delivery>(
    `SELECT m.to_address AS "to", p.name, m.template AS letter, m.state, m.created_at AS "queuedAt", m.sent_at AS "sentAt",
       m.last_error AS problem
     FROM mail_messages m LEFT JOIN persons p ON p.id = m.person_id
     WHERE m.cause_kind = 'report.run' AND m.cause_id = $1 ORDER BY p.name, m.to_address, m.template`,
    [runId],
  );
