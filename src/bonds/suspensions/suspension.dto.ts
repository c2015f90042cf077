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
import { Amount, CalendarDay, Decimal, Id, Nested, Text } from '../../platform/http/fields.js';
import { suspensionStates } from './suspension.rules.js';
import type { SubstitutePayment, Suspension } from './suspensions.read.js';

export class SubstitutePayerInput {
  @Id() organisationId!: string;
  @Decimal({ example: '0.3' }) weight!: string;
}

export class SubstituteInstalmentInput {
  @CalendarDay({ example: '2027-04-30' }) dueOn!: string;
  @Amount({ example: '120000.00' }) amount!: string;
}

/** Asks that a bond pay by a schedule for a while, not by outcomes. */
export class AskSuspension {
  @CalendarDay({ example: '2027-03-20' }) fromOn!: string;
  @CalendarDay({ example: '2027-09-30' }) toOn!: string;
  @Text({ max: 500, example: 'Schools are closed: attendance cannot be measured' }) reason!: string;
  @Nested(() => SubstitutePayerInput, { many: true, most: 100 }) payers!: SubstitutePayerInput[];
  @Nested(() => SubstituteInstalmentInput, { many: true, most: 120 })
  instalments!: SubstituteInstalmentInput[];
}

export class SubstitutePayerAnswer {
  @ShownId() organisationId!: string;
  @Shown() weight!: string;
}

export class SubstitutePaymentAnswer {
  @ShownId() id!: string;
  @Shown({ type: 'integer' }) number!: number;
  @ShownDay() dueOn!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @Shown({ enum: ['planned', 'invoiced'] }) state!: string;
  @ShownMoney({ nullable: true }) invoiced!: MoneyAnswer | null;
  @Shown({ description: 'Which cap kept it from being invoiced whole' }) note!: string;
}

export class BondSuspensionAnswer {
  @ShownId() id!: string;
  @ShownId() bondId!: string;
  @ShownDay() fromOn!: string;
  @ShownDay() toOn!: string;
  @Shown() reason!: string;
  @Shown({ enum: suspensionStates }) state!: string;
  @ApiProperty({ type: [SubstitutePayerAnswer] }) payers!: SubstitutePayerAnswer[];
  @ApiProperty({ type: [SubstitutePaymentAnswer] }) instalments!: SubstitutePaymentAnswer[];
  @ShownId() approvalId!: string;
  @Shown() askedBy!: string;
  @ShownInstant() askedAt!: string;
}

export class SuspensionsAnswer {
  @ApiProperty({ type: [BondSuspensionAnswer] }) items!: BondSuspensionAnswer[];
}

export const toSuspensionAnswer = (
  { coalitionId: _c, poolId: _p, currency, askedAt, ...suspension }: Suspension,
  instalments: readonly SubstitutePayment[],
): BondSuspensionAnswer => ({
  ...suspension,
  askedAt: askedAt.toISOString(),
  instalments: instalments.map(({ suspensionId: _s, amount, invoiced, ...instalment }) => ({
    ...instalment,
    amount: moneyAnswer(amount, currency),
    invoiced: invoiced === null ? null : moneyAnswer(invoiced, currency),
  })),
});
