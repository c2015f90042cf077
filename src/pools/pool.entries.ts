import {
  cash,
  feesPayable,
  fundBalance,
  pledgedFunds,
  pledgesReceivable,
} from '../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft, type Leg } from '../ledger/entry.rules.js';
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
      debit(pledgesReceivable(pledge.id), pledge.amount),
      credit(pledgedFunds(pledge.funderId), pledge.amount),
    ],
  };
}

export interface ReceivedContribution {
  id: string;
  funderId: string;
  amount: bigint;
  bankReference: string;
  receivedOn: Day;
  earmarkGoalId: string | null;
  /** What it settles of each pledge. The rest of the amount, if any, is an overpayment. */
  settled: { pledgeId: string; amount: bigint }[];
}

/** Money arrives: cash ‖ fund balance, and the promises it keeps are taken off the commitment book. */
export function contributionReceived(pool: PoolOfEntry, contribution: ReceivedContribution): EntryDraft {
  const { funderId, amount, earmarkGoalId } = contribution;
  const kept = contribution.settled.filter((part) => part.amount > 0n);
  return {
    ...placeIn(pool),
    kind: 'contribution.received',
    description: `Contribution ${contribution.bankReference}`,
    occurredOn: contribution.receivedOn,
    idempotencyKey: `contribution:${contribution.id}`,
    document: { kind: 'contribution', id: contribution.id },
    legs: [
      debit(cash(pool.id), amount),
      credit(fundBalance(funderId, earmarkGoalId), amount),
      ...kept.flatMap((part): Leg[] => [
        debit(pledgedFunds(funderId), part.amount),
        credit(pledgesReceivable(part.pledgeId), part.amount),
      ]),
    ],
  };
}

export interface ChargedFee {
  contributionId: string;
  funderId: string;
  earmarkGoalId: string | null;
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
      debit(fundBalance(fee.funderId, fee.earmarkGoalId), fee.amount),
      credit(feesPayable(fee.hostId), fee.amount),
    ],
  };
}

const placeIn = ({ id, coalitionId, currency }: PoolOfEntry) => ({ coalitionId, poolId: id, currency });
