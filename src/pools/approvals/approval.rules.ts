import { createHash } from 'node:crypto';
import { canonical } from '../../platform/http/once.js';
import { DomainError } from '../../platform/errors/domain-error.js';

/** What two people can be asked to agree on. Each kind has exactly one handler, or the process does not start. */
export const subjectKinds = [
  'refund',
  'feePayment',
  'disbursement',
  'periodUnlock',
  'amendment',
  'grantClosure',
  'conditionWaiver',
  'bankAccount',
  'poolAccount',
  'paymentBatch',
  'bondContract',
  'bondSuspension',
  'providerAdvance',
  'distribution',
  'bondClosing',
  'outcomeCancellation',
] as const;
export type SubjectKind = (typeof subjectKinds)[number];

export const approvalStates = ['open', 'approved', 'rejected', 'void'] as const;
export type ApprovalState = (typeof approvalStates)[number];

/** The SHA-256 of what is approved, as canonical JSON: another amount, payee or date has another hash. */
export const contentHash = (content: object): string =>
  createHash('sha256').update(canonical(content)).digest('hex');

export interface Signable {
  state: ApprovalState;
  madeBy: string;
  contentHash: string;
}

/**
 * Whether this person may sign this now.
 * @throws stateForbids when it is not open, makerIsChecker for their own request, staleVersion when what they saw is
 *   not what is asked for
 */
export function requireSignable(approval: Signable, personId: string | undefined, seenHash: string): void {
  if (approval.state !== 'open') {
    throw new DomainError(
      'stateForbids',
      `This was ${approval.state} already. There is nothing left to decide.`,
    );
  }
  if (approval.madeBy === personId) {
    throw new DomainError('makerIsChecker', 'You asked for this, so somebody else must approve it.');
  }
  if (approval.contentHash !== seenHash) {
    throw new DomainError(
      'staleVersion',
      'What you saw is not what is asked for any more. Look at it again.',
    );
  }
}
