import { type AccountRef, bondProceeds, cash, investorCapital } from '../../../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft } from '../../../ledger/entry.rules.js';
import type { Day } from '../../../maths/day.js';
import type { PoolOfEntry } from '../../../pools/pool.entries.js';
import type { CallKind } from './drawdown.rules.js';

export interface ReceivedDrawdown {
  receiptId: string;
  callId: string;
  kind: CallKind;
  bondId: string;
  partyId: string;
  /** "CIB-1/C3": the bond's reference, and the number of the call in it. */
  reference: string;
  amount: bigint;
  bankReference: string;
  receivedOn: Day;
}

const words: Record<CallKind, { entry: string; what: string }> = {
  drawdown: { entry: 'drawdown.received', what: 'Capital' },
  twoSided: { entry: 'twoSidedPayment.received', what: 'Investor’s payment' },
  guarantee: { entry: 'guarantee.received', what: 'Guarantee' },
};

/** Only what was drawn is capital: all else that comes in is the bond's proceeds. */
const creditedTo = ({ kind, partyId, bondId }: ReceivedDrawdown): AccountRef =>
  kind === 'drawdown' ? investorCapital(partyId) : bondProceeds(bondId);

/** What was called arrives: cash ‖ investor capital, or bond proceeds where it is no capital. Minor units. */
export const drawdownReceived = (pool: PoolOfEntry, receipt: ReceivedDrawdown): EntryDraft => ({
  coalitionId: pool.coalitionId,
  poolId: pool.id,
  currency: pool.currency,
  kind: words[receipt.kind].entry,
  description: `${words[receipt.kind].what} ${receipt.bankReference} for call ${receipt.reference}`,
  occurredOn: receipt.receivedOn,
  idempotencyKey: `drawdownReceipt:${receipt.receiptId}`,
  document: { kind: 'drawdownCall', id: receipt.callId },
  legs: [debit(cash(pool.id), receipt.amount), credit(creditedTo(receipt), receipt.amount)],
});
