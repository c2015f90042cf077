import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../../platform/http/answers.js';
import { Amount, CalendarDay, Text } from '../../../platform/http/fields.js';
import { paymentStates } from '../bond-payment.js';
import type { ProviderAdvance } from './advances.read.js';

/** Asks for working capital for the provider, out of what the bond holds. */
export class AskAdvance {
  @Amount({ example: '45000.00' }) amount!: string;
  @Text({ max: 500, example: 'Link workers, January to March' }) reason!: string;
}

export class WithdrawBondPayment {
  @Text({ max: 500, example: 'The work begins later' }) reason!: string;
}

/** Records that the bank has paid. */
export class PayOutOfBond {
  @Text({ max: 140, example: 'BACS 711' }) bankReference!: string;
  @CalendarDay({ example: '2027-02-03' }) paidOn!: string;
}

export class ProviderAdvanceAnswer {
  @ShownId() id!: string;
  @ShownId() bondId!: string;
  @Shown({ example: 'CIB-1' }) bond!: string;
  @ShownId() poolId!: string;
  @ShownId() providerId!: string;
  @Shown() provider!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @Shown() reason!: string;
  @Shown({ enum: paymentStates }) state!: string;
  @ShownId() approvalId!: string;
  @Shown() madeBy!: string;
  @ShownInstant() madeAt!: string;
  @Shown({ type: String, nullable: true }) bankReference!: string | null;
  @ShownDay({ nullable: true }) paidOn!: string | null;
  @ShownId({ nullable: true }) entryId!: string | null;
}

export const toAdvanceAnswer = ({
  coalitionId: _,
  currency,
  amount,
  madeAt,
  ...advance
}: ProviderAdvance): ProviderAdvanceAnswer => ({
  ...advance,
  amount: moneyAnswer(amount, currency),
  madeAt: madeAt.toISOString(),
});
