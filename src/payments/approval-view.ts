import { coalitionCalendar } from '../coalitions/coalition.js';
import type { Day } from '../maths/day.js';
import { type HistoryEvent, historyOf } from '../platform/audit/history.js';
import type { Tx } from '../platform/database/tx.js';
import { type Signature, signaturesOf, steadOf } from '../pools/approvals/approvals.read.js';
import type { Approval } from '../pools/approvals/approvals.service.js';
import { maskedContent } from '../pools/approvals/masked-content.js';
import { type Disbursement, readDisbursement } from './disbursements.read.js';
import { type RunPool, runPools } from './payment-run.js';

/** An approval with all that one wants to know before one signs it. */
export interface ApprovalView {
  approval: Approval;
  /** The pool whose money or books it is about; null where it is about none. */
  pool: RunPool | null;
  /** The payment it releases. */
  payment: Disbursement | null;
  /** What is asked for, account numbers masked for whoever may not see them. */
  content: Record<string, unknown>;
  signatures: Signature[];
  /** In whose stead the reader would sign, where they have no approver's seat of their own; null where in nobody's. */
  inSteadOf: string | null;
  history: HistoryEvent[];
  /** Who looks at it. */
  personId: string;
  timeZone: string;
  today: Day;
}

export async function readApprovalView(tx: Tx, approval: Approval, personId: string): Promise<ApprovalView> {
  const pools = await runPools(tx, approval.coalitionId);
  const isPayment = approval.subjectKind === 'disbursement';
  return {
    approval,
    pool: pools.find(({ id }) => id === approval.poolId) ?? null,
    payment: isPayment ? await readDisbursement(tx, approval.subjectId) : null,
    content: approval.seesAccounts ? approval.content : maskedContent(approval.content),
    signatures: await signaturesOf(tx, approval.id),
    inSteadOf: await steadOf(tx, approval.id, personId),
    history: await historyOf(tx, { kind: 'approval', id: approval.id }),
    personId,
    ...(await coalitionCalendar(tx, approval.coalitionId)),
  };
}

/** Why this person cannot decide on it, as a sentence; null when they can. */
export function whyNotYours(
  { approval, signatures, personId, inSteadOf }: ApprovalView,
  isApprover: boolean,
): string | null {
  if (approval.state !== 'open') return null;
  if (approval.madeBy === personId) return 'You asked for this, so somebody else must approve it.';
  if (signatures.some((signature) => signature.personId === personId)) {
    return 'You have approved this. Somebody else must approve it too.';
  }
  return isApprover || inSteadOf !== null ? null : 'Those with an approver’s seat decide on this.';
}
