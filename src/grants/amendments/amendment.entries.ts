import { committedToGrants, grantsOutstanding } from '../../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft } from '../../ledger/entry.rules.js';
import type { Day } from '../../maths/day.js';

export interface AmendedGrant {
  id: string;
  reference: string;
  versionId: string;
  /** Of the version: 2 for the first amendment. */
  number: number;
  /** The new award less the old one, in minor units; not zero. */
  difference: bigint;
  amendedOn: Day;
}

/** An award was changed: the difference is committed, or freed again by a cut, in the commitment book. */
export function grantAmended(
  pool: { id: string; coalitionId: string; currency: string },
  { id, reference, versionId, number, difference, amendedOn }: AmendedGrant,
): EntryDraft {
  const committed = committedToGrants(pool.id);
  const outstanding = grantsOutstanding(id);
  return {
    coalitionId: pool.coalitionId,
    poolId: pool.id,
    currency: pool.currency,
    kind: 'grant.amended',
    description: `Grant ${reference} amended to version ${number}`,
    occurredOn: amendedOn,
    idempotencyKey: `grantVersion:${versionId}`,
    document: { kind: 'grant', id },
    legs:
      difference > 0n
        ? [debit(committed, difference), credit(outstanding, difference)]
        : [debit(outstanding, -difference), credit(committed, -difference)],
  };
}
