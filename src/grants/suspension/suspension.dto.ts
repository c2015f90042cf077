import { Shown, ShownDay, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { CalendarDay, Text } from '../../platform/http/fields.js';
import type { Suspension } from './suspensions.read.js';

/** Stops paying a grant for a time. */
export class SuspendGrant {
  @Text({ max: 500, example: 'The partner’s trustees are looking into its accounts' }) reason!: string;
  @CalendarDay({ example: '2026-11-24', description: 'Since when; not in the future' }) suspendedOn!: string;
}

/** Pays a suspended grant again. */
export class ResumeGrant {
  @Text({ max: 500, example: 'The accounts are in order' }) reason!: string;
}

export class SuspensionAnswer {
  @ShownId() id!: string;
  @ShownId() grantId!: string;
  @Shown() reason!: string;
  @ShownDay() suspendedOn!: string;
  @Shown() suspendedBy!: string;
  @ShownInstant() suspendedAt!: string;
  @Shown({ enum: ['resumed', 'closed'], nullable: true, description: 'Null while it lasts' })
  outcome!: 'resumed' | 'closed' | null;
  @Shown({ type: String, nullable: true }) endedBy!: string | null;
  @ShownInstant({ nullable: true }) endedAt!: string | null;
  @Shown({ type: String, nullable: true, description: 'Why it ended' }) endedReason!: string | null;
}

export const toSuspensionAnswer = ({
  coalitionId: _,
  stateBefore: __,
  suspendedAt,
  endedAt,
  ...suspension
}: Suspension): SuspensionAnswer => ({
  ...suspension,
  suspendedAt: suspendedAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});
