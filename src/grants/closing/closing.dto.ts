import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../platform/http/answers.js';
import { Amount, CalendarDay, Text } from '../../platform/http/fields.js';
import { closingSteps } from './closing.rules.js';
import type { GrantClosure } from './closings.read.js';

/** Closes the work of a grant: what is unpaid is cancelled, and the term ends. */
export class CloseGrant {
  @Text({ max: 500, example: 'The work is done, and the last report is accepted' }) reason!: string;
  @CalendarDay({ example: '2031-12-31', description: 'Since when; not in the future' }) closedOn!: string;
}

/** Closes the money of a grant whose work is closed. */
export class CloseGrantMoney extends CloseGrant {
  @Amount({
    optional: true,
    example: '0.00',
    description: 'Unspent, and stays with the partner: all that is unspent and has not come back',
  })
  carriedOver?: string;
}

export class GrantClosureAnswer {
  @ShownId() id!: string;
  @ShownId() grantId!: string;
  @Shown({ enum: closingSteps, description: 'First the work, then the money' }) step!: string;
  @Shown({ enum: ['asked', 'done', 'rejected'] }) state!: string;
  @Shown() reason!: string;
  @ShownDay() closedOn!: string;
  @ShownId({ nullable: true, description: 'The accepted report that it relies on' }) reportId!: string | null;
  @ShownMoney({ nullable: true }) awardBefore!: MoneyAnswer | null;
  @ShownMoney({ nullable: true, description: 'What was paid' }) awardAfter!: MoneyAnswer | null;
  @ShownDay({ nullable: true }) endOnBefore!: string | null;
  @ShownDay({ nullable: true }) endOnAfter!: string | null;
  @ShownMoney({ nullable: true }) paid!: MoneyAnswer | null;
  @ShownMoney({ nullable: true }) returned!: MoneyAnswer | null;
  @ShownMoney({ nullable: true, description: 'Unspent, and stays with the partner' })
  carriedOver!: MoneyAnswer | null;
  @ShownId({ nullable: true, description: 'Who must agree, where somebody must' }) approvalId!: string | null;
  @ShownId({ nullable: true, description: 'The entry that freed what was unpaid' }) entryId!: string | null;
  @Shown() askedBy!: string;
  @ShownInstant() askedAt!: string;
  @Shown({ type: String, nullable: true }) decidedBy!: string | null;
  @ShownInstant({ nullable: true }) decidedAt!: string | null;
  @Shown({ type: String, nullable: true, description: 'Why it was rejected or taken back' })
  decidedReason!: string | null;
}

export function toGrantClosureAnswer({
  coalitionId: _,
  currency,
  askedAt,
  decidedAt,
  ...closure
}: GrantClosure): GrantClosureAnswer {
  const money = (minor: bigint | null) => (minor === null ? null : moneyAnswer(minor, currency));
  return {
    ...closure,
    awardBefore: money(closure.awardBefore),
    awardAfter: money(closure.awardAfter),
    paid: money(closure.paid),
    returned: money(closure.returned),
    carriedOver: money(closure.carriedOver),
    askedAt: askedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}
