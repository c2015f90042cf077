import { ApiProperty } from '@nestjs/swagger';
import {
  moneyAnswer,
  MoneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../platform/http/answers.js';
import { Amount, CalendarDay, Text } from '../../platform/http/fields.js';
import { refundStates } from './refund.rules.js';
import type { NamedShare } from '../funder-shares-card.js';
import type { Refund } from './refunds.read.js';

/** Asks to give money back to the funders, in proportion to what each has left. */
export class AskRefund {
  @Amount({ example: '5000.00' }) amount!: string;
  @Text({ max: 500, example: 'The programme ends' }) reason!: string;
}

/** What each funder would get; nothing is saved. */
export class PreviewRefund {
  @Amount({ example: '5000.00' }) amount!: string;
}

export class WithdrawRefund {
  @Text({ max: 500, example: 'The balances have changed' }) reason!: string;
}

export class PayRefund {
  @Text({ max: 80, example: 'BACS 711' }) bankReference!: string;
  @CalendarDay({ example: '2026-11-24' }) paidOn!: string;
}

export class RefundShareAnswer {
  @ShownId() funderId!: string;
  @Shown() funder!: string;
  @ShownMoney() amount!: MoneyAnswer;
}

export class RefundSharesAnswer {
  @ApiProperty({ type: [RefundShareAnswer] }) shares!: RefundShareAnswer[];
}

export class RefundAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @Shown() reason!: string;
  @Shown({ enum: refundStates }) state!: string;
  @ShownId() approvalId!: string;
  @Shown() madeBy!: string;
  @ShownInstant() madeAt!: string;
  @Shown({ type: String, nullable: true }) bankReference!: string | null;
  @ShownDay({ nullable: true }) paidOn!: string | null;
  @ShownId({ nullable: true }) entryId!: string | null;
}

export class RefundWithSharesAnswer extends RefundAnswer {
  @ApiProperty({ type: [RefundShareAnswer] }) shares!: RefundShareAnswer[];
}

export const toSharesAnswer = (shares: readonly NamedShare[], currency: string): RefundShareAnswer[] =>
  shares.map(({ funderId, funder, amount }) => ({ funderId, funder, amount: moneyAnswer(amount, currency) }));

export const toRefundAnswer = ({
  coalitionId: _,
  currency,
  amount,
  madeAt,
  ...refund
}: Refund): RefundAnswer => ({
  ...refund,
  amount: moneyAnswer(amount, currency),
  madeAt: madeAt.toISOString(),
});
