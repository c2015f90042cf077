import { ApiProperty } from '@nestjs/swagger';
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
import type { NamedShare } from '../funder-shares-card.js';
import type { BankCharge } from './bank-charges.read.js';

/** Records what the bank took for its services, as it stands on the statement. */
export class TakeBankCharge {
  @Amount({ example: '12.50' }) amount!: string;
  @CalendarDay({ example: '2026-11-23' }) takenOn!: string;
  @Text({ max: 140, example: 'CHG 2026-10', description: 'As it stands on the bank statement' })
  bankReference!: string;
  @Text({ max: 500, optional: true, example: 'Charges for October' }) note?: string;
}

/** Takes back a charge that was recorded by mistake. */
export class ReverseBankCharge {
  @Text({ max: 500, example: 'Recorded twice' }) reason!: string;
  @CalendarDay({ example: '2026-11-24', description: 'The date of the reversal' }) occurredOn!: string;
}

export class BankChargeAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @ShownDay() takenOn!: string;
  @Shown() bankReference!: string;
  @Shown() note!: string;
  @ShownId() entryId!: string;
  @Shown({ type: String, nullable: true }) recordedBy!: string | null;
  @ShownInstant() recordedAt!: string;
  @Shown({ type: String, nullable: true, description: 'Why it was reversed' }) reversalReason!: string | null;
}

export class BankChargeShareAnswer {
  @ShownId() funderId!: string;
  @Shown() funder!: string;
  @ShownMoney() amount!: MoneyAnswer;
}

export class BankChargeWithSharesAnswer extends BankChargeAnswer {
  @ApiProperty({ type: [BankChargeShareAnswer] }) shares!: BankChargeShareAnswer[];
}

export const toBankChargeAnswer = ({
  coalitionId: _,
  currency,
  amount,
  recordedAt,
  ...charge
}: BankCharge): BankChargeAnswer => ({
  ...charge,
  amount: moneyAnswer(amount, currency),
  recordedAt: recordedAt.toISOString(),
});

export const toBankChargeWithShares = (
  charge: BankCharge,
  shares: readonly NamedShare[],
): BankChargeWithSharesAnswer => ({
  ...toBankChargeAnswer(charge),
  shares: shares.map((share) => ({ ...share, amount: moneyAnswer(share.amount, charge.currency) })),
});
