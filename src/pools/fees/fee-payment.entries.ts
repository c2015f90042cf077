import { cash, feesPayable, fundBalance } from '../../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft } from '../../ledger/entry.rules.js';
import type { Day } from '../../maths/day.js';
import type { PoolOfEntry } from '../pool.entries.js';

export const feePaymentStates = ['proposed', 'approved', 'paid', 'rejected'] as const;
export type FeePaymentState = (typeof feePaymentStates)[number];

export interface PaidFee {
  id: string;
  hostId: string;
  amount: bigint;
  bankReference: string;
  paidOn: Day;
}

/** The host gets what it is owed: fees payable / host ‖ cash. Minor units. */
export const feePaid = (pool: PoolOfEntry, fee: PaidFee): EntryDraft => ({
  ...placeIn(pool),
  kind: 'fee.paid',
  description: `Fee paid ${fee.bankReference}`,
  occurredOn: fee.paidOn,
  idempotencyKey: `feePayment:${fee.id}`,
  document: { kind: 'feePayment', id: fee.id },
  legs: [debit(feesPayable(fee.hostId), fee.amount), credit(cash(pool.id), fee.amount)],
});

export interface PaymentFee {
  disbursementId: string;
  bankReference: string;
  hostId: string;
  chargedOn: Day;
  amount: bigint;
  /** Whose money bears it, by the pool's rule; together the whole fee. */
  shares: { funderId: string; earmarkId: string | null; amount: bigint }[];
}

/** The host's charge on a payment, an entry of its own: the funders' balances ‖ fees payable / host. Minor units. */
export const feeOnPaymentCharged = (pool: PoolOfEntry, fee: PaymentFee): EntryDraft => ({
  ...placeIn(pool),
  kind: 'fee.charged',
  description: `Fee on payment ${fee.bankReference}`,
  occurredOn: fee.chargedOn,
  idempotencyKey: `disbursement:${fee.disbursementId}:fee`,
  document: { kind: 'disbursement', id: fee.disbursementId },
  legs: [
    ...fee.shares.map((share) => debit(fundBalance(share.funderId, share.earmarkId), share.amount)),
    credit(feesPayable(fee.hostId), fee.amount),
  ],
});

const placeIn = ({ id, coalitionId, currency }: PoolOfEntry) => ({ coalitionId, poolId: id, currency });
