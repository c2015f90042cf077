import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../platform/http/answers.js';
import type { Day } from '../../maths/day.js';
import { Amount, CalendarDay, Choice, Id, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import {
  type ConditionKind,
  conditionKinds,
  type ConditionState,
  conditionStates,
  conditionText,
} from './condition.rules.js';
import type { Condition } from './conditions.read.js';

/** Adds a condition to a grant: what must hold before it is paid any further. */
export class AddCondition {
  @Choice(conditionKinds) kind!: string;
  @CalendarDay({
    optional: true,
    example: '2028-01-31',
    description:
      'Instalments agreed for this day or later wait for it; without it, it holds none, and others can fall due after it',
  })
  appliesFrom?: string;
  @Text({
    max: 200,
    optional: true,
    example: 'the signed agreement',
    description: 'The document, the decision, or what the other money is for',
  })
  subject?: string;
  @CalendarDay({
    optional: true,
    example: '2027-12-31',
    description: 'Up to which day a report must reach; or before which day nothing is paid',
  })
  onDay?: string;
  @Amount({ optional: true, example: '5000.00', description: 'Of match money' }) matchAmount?: string;
  @Id({
    optional: true,
    description:
      'The motion that must pass: the condition is met by itself when it does. Instead of a subject in words',
  })
  decisionId?: string;
}

/** Says that a condition is met: the document has come, the decision is passed, more match money is raised. */
export class MeetCondition {
  @CalendarDay({ example: '2027-11-20' }) metOn!: string;
  @Text({ max: 500, example: 'Filed under A-27', description: 'Where one finds the proof' }) note!: string;
  @Amount({ optional: true, example: '2500.00', description: 'Match money, besides what was raised before' })
  amount?: string;
}

/** Asks to set a condition aside. Others approve. */
export class AskWaiver {
  @Text({ max: 500, example: 'The council decides in January only' }) reason!: string;
  @Id({ optional: true, description: 'The decision that passed for it; it is used when others approve' })
  decisionId?: string;
}

export class ConditionQuery extends ListQuery {
  @Choice(conditionStates, { optional: true }) state?: ConditionState;
  @Choice(conditionKinds, { optional: true }) kind?: ConditionKind;
  @Id({ optional: true, description: 'Of the grants of this organisation' }) organisationId?: string;
  @CalendarDay({ optional: true, description: 'Bites on or after' }) 'appliesFrom.gte'?: Day;
  @CalendarDay({ optional: true, description: 'Bites on or before' }) 'appliesFrom.lte'?: Day;
}

export class ConditionAnswer {
  @ShownId() id!: string;
  @ShownId() grantId!: string;
  @Shown({ example: 'G-2027-01' }) grantReference!: string;
  @ShownId() organisationId!: string;
  @Shown() organisation!: string;
  @Shown({ enum: conditionKinds }) kind!: string;
  @Shown({ example: 'a report through 31 Dec 2027 is accepted' }) text!: string;
  @ShownDay({ nullable: true }) appliesFrom!: string | null;
  @Shown() subject!: string;
  @ShownDay({ nullable: true }) onDay!: string | null;
  @ShownMoney({ nullable: true }) matchAmount!: MoneyAnswer | null;
  @ShownMoney() matchRaised!: MoneyAnswer;
  @Shown({ enum: conditionStates }) state!: string;
  @ShownDay({ nullable: true }) metOn!: string | null;
  @Shown() note!: string;
  @Shown({ type: String, nullable: true }) addedBy!: string | null;
  @ShownInstant() addedAt!: string;
  @ShownId({ nullable: true }) waiverApprovalId!: string | null;
  @Shown({ type: String, nullable: true }) waiverReason!: string | null;
  @ShownId({ nullable: true, description: 'The motion that must pass' }) decisionId!: string | null;
  @ShownId({ nullable: true }) waiverDecisionId!: string | null;
}

export const toConditionAnswer = (condition: Condition): ConditionAnswer => ({
  ...{ id: condition.id, grantId: condition.grantId, grantReference: condition.grantReference },
  ...{ organisationId: condition.organisationId, organisation: condition.organisation, kind: condition.kind },
  text: conditionText(condition, condition.currency),
  ...{ appliesFrom: condition.appliesFrom, subject: condition.subject, onDay: condition.onDay },
  matchAmount: condition.matchAmount === null ? null : moneyAnswer(condition.matchAmount, condition.currency),
  matchRaised: moneyAnswer(condition.matchRaised, condition.currency),
  ...{ state: condition.state, metOn: condition.metOn, note: condition.note, addedBy: condition.addedBy },
  addedAt: condition.addedAt.toISOString(),
  ...{ waiverApprovalId: condition.waiverApprovalId, waiverReason: condition.waiverReason },
  ...{ decisionId: condition.decisionId, waiverDecisionId: condition.waiverDecisionId },
});
