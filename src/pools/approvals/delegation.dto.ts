import { Shown, ShownDay, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { CalendarDay, Id, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import type { Delegation } from './delegations.service.js';

/** Lets somebody sign in my stead while I am away. */
export class Delegate {
  @Id({ description: 'Somebody with a seat in the coalition, other than a partner’s' }) delegateId!: string;
  @CalendarDay({ example: '2026-12-21' }) sinceOn!: string;
  @CalendarDay({ example: '2027-01-04', description: 'The last day' }) untilOn!: string;
  @Text({ max: 500, example: 'On leave' }) reason!: string;
}

export class DelegationQuery extends ListQuery {}

export class DelegationAnswer {
  @ShownId() id!: string;
  @ShownId() delegatorId!: string;
  @Shown() delegator!: string;
  @ShownId() delegateId!: string;
  @Shown() delegate!: string;
  @ShownDay() sinceOn!: string;
  @ShownDay({ description: 'The last day' }) untilOn!: string;
  @Shown() reason!: string;
  @ShownInstant() madeAt!: string;
  @ShownInstant({ nullable: true, description: 'When it was ended before its last day' })
  endedAt!: string | null;
}

export const toDelegationAnswer = ({
  coalitionId: _,
  madeAt,
  endedAt,
  ...delegation
}: Delegation): DelegationAnswer => ({
  ...delegation,
  madeAt: madeAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});
