import {
  cash,
  feesPayable,
  fundBalance,
  pledgedFunds,
  pledgesReceivable,
} from '../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft, type Leg, spoken } from '../ledger/entry.rules.js';
import type { Day } from '../maths/day.js';

/** The pool that an entry stands in, and its currency. */
export interface PoolOfEntry {
  id: string;
  coalitionId: string;
  currency: string;
}

export interface SignedPledge {
  id: string;
  reference: string;
  funderId: string;
  /** The pool's where it is left out. */
  currency?: string;
  amount: bigint;
  signedOn: Day;
}

/** A pledge is signed: pledges receivable ‖ pledged funds, in the commitment book. Minor units. */
export function pledgeSigned(pool: PoolOfEntry, pledge: SignedPledge): EntryDraft {
  return {
    ...placeIn(pool),
    kind: 'pledge.signed',
    description: `Pledge ${pledge.reference} signed`,
    occurredOn: pledge.signedOn,
    idempotencyKey: `pledge:${pledge.id}:signed`,
    document: { kind: 'pledge', id: pledge.id },
    legs: [
      debit(pledgesReceivable(pledge.id, pledge.currency), pledge.amount),
      credit(pledgedFunds(pledge.funderId, pledge.currency), pledge.amount),
    ],
  };
}

/** What a contribution settles of a pledge, in minor units of the pledge's currency (the pool's where left out). */
export interface SettledPledge {
  pledgeId: string;
  currency?: string;
  amount: bigint;
}

export interface ReceivedContribution {
  id: string;
  funderId: string;
  amount: bigint;
  bankReference: string;
  receivedOn: Day;
  /** The goal or grant that it is restricted to. */
  earmarkId: string | null;
  /** What it settles of each pledge, in that pledge's currency. What is left over is an overpayment. */
  settled: SettledPledge[];
}

/** Money arrives: cash ‖ fund balance, and the promises it keeps are taken off the commitment book. */
export function contributionReceived(pool: PoolOfEntry, contribution: ReceivedContribution): EntryDraft {
  const { funderId, amount, earmarkId } = contribution;
  return {
    ...placeIn(pool),
    kind: 'contribution.received',
    description: `Contribution ${contribution.bankReference}`,
    occurredOn: contribution.receivedOn,
    idempotencyKey: `contribution:${contribution.id}`,
    document: { kind: 'contribution', id: contribution.id },
    legs: [
      debit(cash(pool.id), amount),
      credit(fundBalance(funderId, earmarkId), amount),
      ...spoken(contribution.settled.flatMap((part) => settlement(funderId, part))),
    ],
  };
}

export interface AppliedContribution {
  id: string;
  bankReference: string;
  funderId: string;
  occurredOn: Day;
  /** Each time it is applied anew is an entry of its own. */
  applicationId: string;
  /** By pledge, more than nothing where more of it is settled than before, less where it is open again. */
  changes: SettledPledge[];
}

/** What a contribution settles is changed: promises that are kept now come off the commitment book, others stand again. */
export const contributionApplied = (pool: PoolOfEntry, applied: AppliedContribution): EntryDraft => ({
  ...placeIn(pool),
  kind: 'contribution.applied',
  description: `Contribution ${applied.bankReference} applied anew`,
  occurredOn: applied.occurredOn,
  idempotencyKey: `contribution:${applied.id}:applied:${applied.applicationId}`,
  document: { kind: 'contribution', id: applied.id },
  legs: applied.changes.flatMap((change) => settlement(applied.funderId, change)),
});

/** A promise kept: pledged funds / funder ‖ pledges receivable / pledge. A negative amount takes it back. */
function settlement(funderId: string, { pledgeId, currency, amount }: SettledPledge): Leg[] {
  return [
    debit(pledgedFunds(funderId, currency), amount),
    credit(pledgesReceivable(pledgeId, currency), amount),
  ];
}

export interface ChargedFee {
  contributionId: string;
  funderId: string;
  earmarkId: string | null;
  hostId: string;
  amount: bigint;
  bankReference: string;
  chargedOn: Day;
}

/** The host's charge on a contribution, always an entry of its own: fund balance ‖ fees payable. */
export function feeCharged(pool: PoolOfEntry, fee: ChargedFee): EntryDraft {
  return {
    ...placeIn(pool),
    kind: 'fee.charged',
    description: `Fee on contribution ${fee.bankReference}`,
    occurredOn: fee.chargedOn,
    idempotencyKey: `contribution:${fee.contributionId}:fee`,
    document: { kind: 'contribution', id: fee.contributionId },
    legs: [
      debit(fundBalance(fee.funderId, fee.earmarkId), fee.amount),
      credit(feesPayable(fee.hostId), fee.amount),
    ],
  };
}

const placeIn = ({ id, coalitionId, currency }: PoolOfEntry) => ({ coalitionId, poolId: id, currency });
