import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '../maths/day.js';
import { Transform } from 'class-transformer';
import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../platform/http/answers.js';
import { Amount, CalendarDay, Choice, CurrencyCode, Id, Ids, Text } from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';
import type { Disbursement, FunderPart } from './disbursements.read.js';

export const disbursementStates = ['proposed', 'approved', 'settled', 'rejected', 'returned'] as const;

/** Says that the bank has paid. */
export class SettleDisbursement {
  @Text({
    max: 140,
    example: 'BACS 882117',
    description: 'As it stands on the bank statement; each is used once',
  })
  bankReference!: string;
  @CalendarDay({ example: '2027-01-29' }) paidOn!: string;
  @Amount({
    optional: true,
    example: '9985.00',
    description: 'As the payee got it, where the bank paid in another currency: from the statement',
  })
  paidAmount?: string;
  @CurrencyCode({ optional: true, example: 'EUR' }) paidCurrency?: string;
  @Amount({
    optional: true,
    example: '8612.33',
    description: 'What left the account then, in the pool’s currency; the amount of the payment if left out',
  })
  chargedAmount?: string;
}

/** Names the instalments to release together. */
export class ReleaseInstalments {
  @Ids({ least: 1, most: 100 }) instalmentIds!: string[];
}

/** The same as a query: one that is chosen comes as itself, several as a list. */
export class ChosenInstalments {
  @Transform(({ value }: { value: unknown }) => [value ?? []].flat())
  @Ids({ most: 100 })
  instalmentIds: string[] = [];
}

export class DisbursementQuery extends ListQuery {
  @Choice(disbursementStates, { optional: true }) state?: string;
  @Id({ optional: true }) grantId?: string;
  @Id({ optional: true, description: 'To this organisation' }) organisationId?: string;
  @CalendarDay({ optional: true, description: 'Paid on or after' }) 'paidOn.gte'?: Day;
  @CalendarDay({ optional: true, description: 'Paid on or before' }) 'paidOn.lte'?: Day;
}

export class DisbursementAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @ShownId() grantId!: string;
  @Shown() grantReference!: string;
  @ShownId() instalmentId!: string;
  @Shown({ type: 'integer' }) instalmentNumber!: number;
  @Shown() payee!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @ShownMoney({ description: 'What the host charged on it, on top' }) fee!: MoneyAnswer;
  @ShownMoney({ nullable: true, description: 'As the payee got it, in another currency' })
  paid!: MoneyAnswer | null;
  @ShownMoney({ nullable: true, description: 'What left the account, where that is not the amount' })
  charged!: MoneyAnswer | null;
  @Shown({ enum: disbursementStates }) state!: string;
  @ShownDay() dueOn!: string;
  @ShownId() approvalId!: string;
  @Shown({ description: 'Who asked for it' }) madeBy!: string;
  @ShownInstant() madeAt!: string;
  @Shown({ type: String, nullable: true }) bankReference!: string | null;
  @ShownDay({ nullable: true }) paidOn!: string | null;
  @Shown({ type: String, nullable: true }) settledBy!: string | null;
  @ShownId({ nullable: true }) entryId!: string | null;
  @ShownDay({ nullable: true, description: 'When the bank gave it back' }) returnedOn!: string | null;
  @Shown({ type: String, nullable: true, description: 'Why, as the bank or a person said' })
  returnReason!: string | null;
}

export class FunderPartAnswer {
  @ShownId() funderId!: string;
  @Shown() funder!: string;
  @Shown({ type: String, nullable: true, description: 'The goal to which this money was restricted' })
  earmark!: string | null;
  @ShownMoney() amount!: MoneyAnswer;
}

export class DisbursementWithPartsAnswer extends DisbursementAnswer {
  @ApiProperty({
    type: [FunderPartAnswer],
    description: 'Whose money paid it: a share of money, never of impact',
  })
  parts!: FunderPartAnswer[];
}

export function toDisbursementAnswer(row: Disbursement): DisbursementAnswer {
  const {
    amount,
    fee,
    paidAmount,
    paidCurrency,
    chargedAmount,
    currency,
    madeAt,
    coalitionId: _,
    grantTitle: __,
    ...disbursement
  } = row;
  return {
    ...disbursement,
    amount: moneyAnswer(amount, currency),
    fee: moneyAnswer(fee, currency),
    paid: paidAmount === null || paidCurrency === null ? null : moneyAnswer(paidAmount, paidCurrency),
    charged: chargedAmount === null ? null : moneyAnswer(chargedAmount, currency),
    madeAt: madeAt.toISOString(),
  };
}

export const toDisbursementWithParts = (
  row: Disbursement,
  parts: FunderPart[],
): DisbursementWithPartsAnswer => ({
  ...toDisbursementAnswer(row),
  parts: parts.map((part) => ({ ...part, amount: moneyAnswer(part.amount, row.currency) })),
});
