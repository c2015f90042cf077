import { Shown, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { CalendarDay, Choice, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import { type ApprovalState, approvalStates, type SubjectKind, subjectKinds } from './approval.rules.js';
import type { Approval } from './approvals.service.js';
import { maskedContent } from './masked-content.js';

/** Approves exactly what was seen. */
export class ApproveContent {
  @Text({ max: 64, description: 'The contentHash of the approval as it was read' }) contentHash!: string;
}

export class RejectContent extends ApproveContent {
  @Text({ max: 500, example: 'The bank details are being checked' }) reason!: string;
}

export class WithdrawRequest {
  @Text({ max: 500, example: 'Asked for by mistake' }) reason!: string;
}

/** Asks to move the lock of a pool back. */
export class UnlockPeriod {
  @CalendarDay({
    optional: true,
    description: 'The day the pool stays locked through; absent takes the lock away',
  })
  through?: string;
  @Text({ max: 500, example: 'A late bank statement for September' }) reason!: string;
}

export class ApprovalQuery extends ListQuery {
  @Choice(approvalStates, { optional: true }) state?: ApprovalState;
  @Choice(subjectKinds, { optional: true, description: 'What is asked for' }) subjectKind?: SubjectKind;
}

export class ApprovalAnswer {
  @ShownId() id!: string;
  @ShownId() coalitionId!: string;
  @ShownId({ nullable: true }) poolId!: string | null;
  @Shown({ enum: subjectKinds }) subjectKind!: string;
  @ShownId() subjectId!: string;
  @Shown({ example: 'Release £25,000.00 to Stream Youth Work (G-1, instalment 1)' }) summary!: string;
  @Shown({ description: 'Send it back to approve exactly this' }) contentHash!: string;
  @Shown({
    type: 'object',
    additionalProperties: true,
    description: 'What the hash is taken over; account numbers are masked for whoever may not see them',
  })
  content!: Record<string, unknown>;
  @Shown({ type: 'integer', description: 'How many must approve' }) required!: number;
  @Shown({ type: 'integer', description: 'How many have' }) given!: number;
  @Shown({ enum: approvalStates }) state!: string;
  @ShownId({ description: 'Who asked, and so cannot approve' }) madeBy!: string;
  @Shown() madeByName!: string;
  @ShownInstant() madeAt!: string;
}

export const toApprovalAnswer = ({
  madeAt,
  seesAccounts,
  content,
  ...approval
}: Approval): ApprovalAnswer => ({
  ...approval,
  content: seesAccounts ? content : maskedContent(content),
  madeAt: madeAt.toISOString(),
});
