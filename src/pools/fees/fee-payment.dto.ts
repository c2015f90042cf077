import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../platform/http/answers.js';
import { Amount, CalendarDay, Id, Text } from '../../platform/http/fields.js';
import { feePaymentStates } from './fee-payment.entries.js';
import type { FeePayment } from './fee-payments.read.js';

/** Asks to pay the host what it is owed in fees. */
export class AskFeePayment {
  @Id({ description: 'The host that is owed the fees' }) hostId!: string;
  @Amount({ example: '300.00', optional: true, description: 'All that is owed if left out' }) amount?: string;
}

export class PayFee {
  @Text({ max: 80, example: 'BACS 881' }) bankReference!: string;
  @CalendarDay({ example: '2026-11-24' }) paidOn!: string;
}

export class FeePaymentAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @ShownId() hostId!: string;
  @Shown() host!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @Shown({ enum: feePaymentStates }) state!: string;
  @ShownId() approvalId!: string;
  @Shown() madeBy!: string;
  @ShownInstant() madeAt!: string;
  @Shown({ type: String, nullable: true }) bankReference!: string | null;
  @ShownDay({ nullable: true }) paidOn!: string | null;
  @ShownId({ nullable: true }) entryId!: string | null;
}

export const toFeePaymentAnswer = ({
  coalitionId: _,
  currency,
  amount,
  madeAt,
  ...payment
}: FeePayment): FeePaymentAnswer => ({
  ...payment,
  amount: moneyAnswer(amount, currency),
  madeAt: madeAt.toISOString(),
});
