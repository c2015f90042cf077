import { ApiProperty } from '@nestjs/swagger';
import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownMoney,
} from '../../platform/http/answers.js';
import {
  Amount,
  CalendarDay,
  Choice,
  CurrencyCode,
  Decimal,
  Id,
  Nested,
  Text,
} from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import type { PledgeInstalmentRow, PledgeRow } from './pledges.service.js';

export const pledgeStates = ['draft', 'signed', 'fulfilled', 'cancelled', 'writtenOff'] as const;

export class PledgeInstalmentInput {
  @CalendarDay({ example: '2027-01-04' }) dueOn!: string;
  @Amount({ example: '30000.00' }) amount!: string;
}

/** Records a signed pledge: a funder's promise to a pool, in instalments. */
export class SignPledge {
  @Id({ description: 'The organisation that pledges' }) funderId!: string;
  @Text({ max: 80, example: 'NRT-2027' }) reference!: string;
  @Amount({ example: '120000.00' }) amount!: string;
  @CurrencyCode({ optional: true, description: "The pool's currency if left out" }) currency?: string;
  @Decimal({
    optional: true,
    example: '0.8650',
    description: 'Units of the pool’s currency for one of the pledge’s, where they differ: for planning only',
  })
  planningRate?: string;
  @Id({ optional: true, description: 'The goal to which the money will be restricted' })
  earmarkGoalId?: string;
  @Id({ optional: true, description: 'The grant to which the money will be restricted' })
  earmarkGrantId?: string;
  @CalendarDay({ example: '2026-11-20' }) signedOn!: string;
  @Nested(() => PledgeInstalmentInput, { many: true, least: 1, most: 240 })
  instalments!: PledgeInstalmentInput[];
}

/** Reckons with another rate from now on. What has come is not touched. */
export class ChangePlanningRate {
  @Decimal({ example: '0.8650' }) planningRate!: string;
}

export class PledgeQuery extends ListQuery {
  @Choice(pledgeStates, { optional: true }) state?: string;
  @Id({ optional: true }) funderId?: string;
}

/** The page on which a pledge is recorded can be opened for a currency. */
export class PledgeForm {
  @CurrencyCode({ optional: true }) currency?: string;
}

export class PledgeAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @ShownId() funderId!: string;
  @Shown() funder!: string;
  @Shown() reference!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @ShownMoney() received!: MoneyAnswer;
  @Shown({ type: String, nullable: true, description: 'Null in the pool’s own currency' }) planningRate!:
    string | null;
  @ShownMoney({ description: 'What is still to come, in the pool’s currency at the planning rate' })
  openInPool!: MoneyAnswer;
  @ShownId({ nullable: true }) earmarkGoalId!: string | null;
  @ShownId({ nullable: true }) earmarkGrantId!: string | null;
  @Shown({ enum: pledgeStates }) state!: string;
  @ShownDay({ nullable: true }) signedOn!: string | null;
  @ShownDay({ nullable: true, description: 'When the next instalment is expected' }) nextDueOn!:
    string | null;
  @Shown({ type: 'integer' }) version!: number;
}

export class SettlementAnswer {
  @ShownId() contributionId!: string;
  @Shown() bankReference!: string;
  @ShownDay() receivedOn!: string;
  @ShownMoney() amount!: MoneyAnswer;
}

export class PledgeInstalmentAnswer {
  @ShownId() id!: string;
  @Shown({ type: 'integer' }) number!: number;
  @ShownDay() dueOn!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @ShownMoney() received!: MoneyAnswer;
  @Shown({ enum: ['expected', 'partlyReceived', 'received', 'late'] }) state!: string;
  @ApiProperty({ type: [SettlementAnswer] }) settledBy!: SettlementAnswer[];
}

export class PledgeWithInstalmentsAnswer extends PledgeAnswer {
  @ApiProperty({ type: [PledgeInstalmentAnswer] }) instalments!: PledgeInstalmentAnswer[];
}

export function toPledgeAnswer({
  amount,
  received,
  openInPool,
  currency,
  poolCurrency,
  coalitionId: _,
  amountInPool: _amount,
  receivedInPool: _received,
  ...pledge
}: PledgeRow): PledgeAnswer {
  return {
    ...pledge,
    amount: moneyAnswer(amount, currency),
    received: moneyAnswer(received, currency),
    openInPool: moneyAnswer(openInPool, poolCurrency),
  };
}

export function toPledgeWithInstalments(
  pledge: PledgeRow,
  instalments: PledgeInstalmentRow[],
): PledgeWithInstalmentsAnswer {
  const money = (minor: bigint) => moneyAnswer(minor, pledge.currency);
  return {
    ...toPledgeAnswer(pledge),
    instalments: instalments.map(({ amount, received, settledBy, ...instalment }) => ({
      ...instalment,
      amount: money(amount),
      received: money(received),
      settledBy: settledBy.map((part) => ({ ...part, amount: money(part.amount) })),
    })),
  };
}
