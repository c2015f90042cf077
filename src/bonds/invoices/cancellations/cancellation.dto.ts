import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../../platform/http/answers.js';
import { CalendarDay, Text } from '../../../platform/http/fields.js';
import { cancellationStates } from '../invoice.rules.js';
import type { OutcomeCancellation } from './cancellations.read.js';

/** Asks to cancel all that is open of an invoice. */
export class CancelOutcomeInvoice {
  @Text({ max: 500, example: 'The council was dissolved, and its successor does not pay' }) reason!: string;
  @CalendarDay({ example: '2026-11-24', description: 'The date of the cancellation' }) occurredOn!: string;
}

export class OutcomeCancellationAnswer {
  @ShownId() id!: string;
  @ShownId() invoiceId!: string;
  @ShownMoney({ description: 'All that was open when it was asked for' }) amount!: MoneyAnswer;
  @ShownDay() occurredOn!: string;
  @Shown() reason!: string;
  @Shown({ enum: cancellationStates }) state!: string;
  @ShownId() approvalId!: string;
  @Shown() madeBy!: string;
  @ShownInstant() madeAt!: string;
  @ShownId({ nullable: true, description: 'Null until it is approved' }) entryId!: string | null;
}

export const toCancellationAnswer = ({
  coalitionId: _,
  currency,
  amount,
  madeAt,
  ...cancellation
}: OutcomeCancellation): OutcomeCancellationAnswer => ({
  ...cancellation,
  amount: moneyAnswer(amount, currency),
  madeAt: madeAt.toISOString(),
});
