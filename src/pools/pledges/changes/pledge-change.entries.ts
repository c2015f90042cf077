import { pledgedFunds, pledgesReceivable } from '../../../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft, type Leg } from '../../../ledger/entry.rules.js';
import type { Day } from '../../../maths/day.js';
import type { PoolOfEntry } from '../../pool.entries.js';
import type { PledgeChangeKind } from './pledge-change.rules.js';

export interface ChangedPledge {
  id: string;
  reference: string;
  funderId: string;
  currency: string;
  number: number;
  kind: PledgeChangeKind;
  occurredOn: Day;
  openBefore: bigint;
  openAfter: bigint;
}

const verbs: Record<PledgeChangeKind, string> = {
  amended: 'amended',
  cancelled: 'cancelled',
  writtenOff: 'written off',
};

/** A pledge is changed: its open part is taken off the commitment book, and entered again as it is now. Minor units. */
export function pledgeChanged(pool: PoolOfEntry, pledge: ChangedPledge): EntryDraft {
  const { openBefore, openAfter } = pledge;
  const receivable = pledgesReceivable(pledge.id, pledge.currency);
  const promised = pledgedFunds(pledge.funderId, pledge.currency);
  const again: Leg[] = openAfter > 0n ? [debit(receivable, openAfter), credit(promised, openAfter)] : [];
  return {
    coalitionId: pool.coalitionId,
    poolId: pool.id,
    currency: pool.currency,
    kind: `pledge.${pledge.kind}`,
    description: `Pledge ${pledge.reference} ${verbs[pledge.kind]}`,
    occurredOn: pledge.occurredOn,
    idempotencyKey: `pledge:${pledge.id}:change:${pledge.number}`,
    document: { kind: 'pledge', id: pledge.id },
    legs: [debit(promised, openBefore), credit(receivable, openBefore), ...again],
  };
}
