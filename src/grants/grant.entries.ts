import { committedToGrants, grantsOutstanding } from '../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft } from '../ledger/entry.rules.js';
import type { Day } from '../maths/day.js';

export interface AwardedGrant {
  id: string;
  reference: string;
  /** The whole award, in minor units. */
  amount: bigint;
  awardedOn: Day;
}

/** A grant is awarded: committed to grants ‖ grants outstanding, in the commitment book. */
export function grantAwarded(
  pool: { id: string; coalitionId: string; currency: string },
  grant: AwardedGrant,
): EntryDraft {
  return {
    coalitionId: pool.coalitionId,
    poolId: pool.id,
    currency: pool.currency,
    kind: 'grant.awarded',
    description: `Grant ${grant.reference} awarded`,
    occurredOn: grant.awardedOn,
    idempotencyKey: `grant:${grant.id}:awarded`,
    document: { kind: 'grant', id: grant.id },
    legs: [
      debit(committedToGrants(pool.id), grant.amount),
      credit(grantsOutstanding(grant.id), grant.amount),
    ],
  };
}
