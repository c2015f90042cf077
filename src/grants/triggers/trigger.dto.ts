import { Shown, ShownDay, ShownId } from '../../platform/http/answers.js';
import { Amount, CalendarDay, Choice, Id, Integer, Text } from '../../platform/http/fields.js';
import { type Trigger, triggerEvents, triggerText, triggerUnits } from './trigger.rules.js';

const mostUnits = 1_000;

/** How long after what. */
class WaitInput {
  @Integer(0, mostUnits, { example: 30 }) count!: number;
  @Choice(triggerUnits, { description: 'By the coalition’s calendar' }) unit!: string;
}

/** What a slice falls due after, instead of on a day. */
export class TriggerInput extends WaitInput {
  @Choice(triggerEvents, { description: 'The award, or a condition of the grant' }) event!: string;
  @Text({
    max: 200,
    optional: true,
    example: 'the signed agreement',
    description: 'The document, the decision, or what the other money is for',
  })
  subject?: string;
  @CalendarDay({ optional: true, example: '2027-12-31', description: 'Up to which day a report must reach' })
  onDay?: string;
  @Amount({ optional: true, example: '5000.00', description: 'Of match money' }) matchAmount?: string;
  @CalendarDay({
    optional: true,
    example: '2028-02-28',
    description:
      'By when at the latest: the forecast counts it there until it has happened. A grant needs it, a saved template does not',
  })
  expectedOn?: string;
}

/** What an instalment of an amended grant falls due after: a condition that the grant has. */
export class AmendedTriggerInput extends WaitInput {
  @Id() conditionId!: string;
  @CalendarDay({ example: '2028-02-28', description: 'By when at the latest' }) expectedOn!: string;
}

export class TriggerAnswer {
  @Shown({ enum: triggerEvents }) event!: string;
  @ShownId({ nullable: true, description: 'Null for the award, and before it' }) conditionId!: string | null;
  @Shown({ type: 'integer' }) count!: number;
  @Shown({ enum: triggerUnits }) unit!: string;
  @ShownDay({ description: 'By when at the latest' }) expectedOn!: string;
  @Shown({ example: '30 days after a report through 31 Dec 2027 is accepted' }) text!: string;
}

export const toTriggerAnswer = (trigger: Trigger | null, currency: string): TriggerAnswer | null =>
  trigger && {
    ...{ event: trigger.event, conditionId: trigger.conditionId, count: trigger.count, unit: trigger.unit },
    ...{ expectedOn: trigger.expectedOn, text: triggerText(trigger, currency) },
  };
