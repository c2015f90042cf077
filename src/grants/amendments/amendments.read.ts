import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, type ListQuery, type Page } from '../../platform/http/list.js';
import type { GrantRow } from '../grants.read.js';
import { triggerOf } from '../triggers/triggers.read.js';
import type { AmendmentKind, GrantTerms, PlanLine } from './amendment.rules.js';
import type { GrantVersionState } from './grant-version.entity.js';
import { type KeptLine, recall } from './kept-plan.js';

/** An amendment with the names of those who asked and decided. Minor units. */
export interface GrantVersion {
  id: string;
  coalitionId: string;
  grantId: string;
  poolId: string;
  number: number | null;
  kind: AmendmentKind;
  reason: string;
  state: GrantVersionState;
  currency: string;
  /** Agreed with the award, and never amended: what a version’s award is split by. */
  overheadRate: string | null;
  awardBefore: bigint;
  awardAfter: bigint;
  endOnBefore: Day;
  endOnAfter: Day;
  planBefore: PlanLine[];
  planAfter: PlanLine[];
  approvalId: string;
  askedBy: string;
  askedByName: string;
  askedAt: Date;
  decidedByName: string | null;
  decidedAt: Date | null;
  decidedReason: string | null;
  entryId: string | null;
  /** The decision of the coalition that allows it. */
  decisionId: string | null;
}

type StoredVersion = Omit<GrantVersion, 'planBefore' | 'planAfter'> & {
  planBefore: KeptLine[];
  planAfter: KeptLine[];
};

const versions = `
  SELECT v.id, v.coalition_id AS "coalitionId", v.grant_id AS "grantId", v.pool_id AS "poolId", v.number, v.kind,
    v.reason, v.state, v.currency, g.overhead_rate::text AS "overheadRate", v.award_before AS "awardBefore", v.award_after AS "awardAfter",
    v.end_on_before AS "endOnBefore", v.end_on_after AS "endOnAfter", v.plan_before AS "planBefore",
    v.plan_after AS "planAfter", v.approval_id AS "approvalId", v.asked_by AS "askedBy", asker.name AS "askedByName",
    v.asked_at AS "askedAt", decider.name AS "decidedByName", v.decided_at AS "decidedAt",
    v.decided_reason AS "decidedReason", v.entry_id AS "entryId", v.decision_id AS "decisionId"
  FROM grant_versions v JOIN grants g ON g.id = v.grant_id JOIN persons asker ON asker.id = v.asked_by
  LEFT JOIN persons decider ON decider.id = v.decided_by`;

const asVersion = (stored: StoredVersion): GrantVersion => ({
  ...stored,
  planBefore: recall(stored.planBefore),
  planAfter: recall(stored.planAfter),
});

/** The amendments of a grant, newest first. */
export async function listVersions(tx: Tx, grantId: string, query: ListQuery): Promise<Page<GrantVersion>> {
  const page = await listPage<StoredVersion>(
    tx,
    {
      sql: `${versions} WHERE v.grant_id = $1`,
      parameters: [grantId],
      sorts: { askedAt: { column: '"askedAt"', type: 'timestamptz' } },
      defaultSort: '-askedAt',
    },
    query,
  );
  return { ...page, items: page.items.map(asVersion) };
}

/** What a grant went through: its versions in their order, and last the one that is asked for. */
export async function versionsOfGrant(tx: Tx, grantId: string): Promise<GrantVersion[]> {
  const stored = await tx.rows<StoredVersion>(
    `${versions} WHERE v.grant_id = $1 AND v.state <> 'rejected' ORDER BY v.number NULLS LAST`,
    [grantId],
  );
  return stored.map(asVersion);
}

/** Whether an amendment of the grant waits for approval. */
export async function amendmentAskedFor(tx: Tx, grantId: string): Promise<boolean> {
  const asked = await tx.row(`SELECT 1 FROM grant_versions WHERE grant_id = $1 AND state = 'asked'`, [
    grantId,
  ]);
  return asked !== undefined;
}

/** @throws notFound */
export async function readVersion(tx: Tx, versionId: string): Promise<GrantVersion> {
  const stored = await tx.row<StoredVersion>(`${versions} WHERE v.id = $1`, [versionId]);
  if (!stored) throw notFound('amendment');
  return asVersion(stored);
}

/** The grant as an amendment finds it: what is not cancelled, in the order of its days. */
export async function readTerms(
  tx: Tx,
  { id, amount, startOn, endOn }: Pick<GrantRow, 'id' | 'amount' | 'startOn' | 'endOn'>,
): Promise<GrantTerms> {
  const lines = await tx.rows<PlanLine>(
    `SELECT i.id, i.number, i.nominal_on AS "nominalOn", i.due_on AS "dueOn", ${triggerOf('i', 'c')} AS after, i.amount, i.uplift, i.state,
       EXISTS (SELECT 1 FROM disbursements d WHERE d.instalment_id = i.id
         AND d.state NOT IN ('rejected', 'returned')) AS "isAskedFor"
     FROM instalments i LEFT JOIN conditions c ON c.id = i.after_condition_id
     WHERE i.grant_id = $1 ORDER BY i.nominal_on, i.number`,
    [id],
  );
  return {
    award: amount,
    startOn,
    endOn,
    lines: lines.filter(({ state }) => state !== 'cancelled'),
    lastNumber: Math.max(0, ...lines.map(({ number }) => number)),
  };
}
