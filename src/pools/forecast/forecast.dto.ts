import { ApiProperty } from '@nestjs/swagger';
import { moneyAnswer, MoneyAnswer, Shown, ShownDay, ShownMoney } from '../../platform/http/answers.js';
import { Integer } from '../../platform/http/fields.js';
import type { PoolForecast } from './pool-forecast.js';

export class ForecastQuery {
  @Integer(1, 120, {
    optional: true,
    description: 'How many calendar months, this one included; 36 if left out',
  })
  months?: number;
}

export class ForecastMonthAnswer {
  @Shown({ example: '2026-11' }) month!: string;
  @ShownMoney({ description: 'Pledge instalments due' }) in!: MoneyAnswer;
  @ShownMoney({ description: 'Instalments to be paid' }) out!: MoneyAnswer;
  @ShownMoney({
    description:
      'Of it, what has no due date yet, because it waits for something: where it is expected at the latest',
  })
  outWaiting!: MoneyAnswer;
  @ShownMoney({ description: 'Cash at the end, every pledge kept' }) closing!: MoneyAnswer;
  @ShownMoney({ description: "Cash at the end, pledges at the pool's confidence" })
  closingExpected!: MoneyAnswer;
}

export class FundingCliffAnswer {
  @Shown({ example: '2027-04' }) month!: string;
  @ShownMoney() shortBy!: MoneyAnswer;
}

export class OverdueAnswer {
  @ShownMoney() in!: MoneyAnswer;
  @ShownMoney() out!: MoneyAnswer;
}

export class ForecastAnswer {
  @ShownDay() openOn!: string;
  @ShownMoney({ description: 'Cash less fees payable' }) openingCash!: MoneyAnswer;
  @ShownMoney() reserve!: MoneyAnswer;
  @Shown({ type: 'integer', description: 'How much of the pledges is counted on' })
  confidenceBasisPoints!: number;
  @ApiProperty({ type: OverdueAnswer, description: 'Of the first month: what was due before' })
  overdue!: OverdueAnswer;
  @ApiProperty({ type: [ForecastMonthAnswer] }) months!: ForecastMonthAnswer[];
  @ApiProperty({
    type: FundingCliffAnswer,
    nullable: true,
    description: 'The first month that ends with less than the reserve, pledges at confidence',
  })
  cliff!: FundingCliffAnswer | null;
}

export function toForecastAnswer(forecast: PoolForecast, currency: string): ForecastAnswer {
  const money = (minor: bigint) => moneyAnswer(minor, currency);
  const { openOn, confidenceBasisPoints, overdue, cliff } = forecast;
  return {
    openOn,
    openingCash: money(forecast.openingCash),
    reserve: money(forecast.reserve),
    confidenceBasisPoints,
    overdue: { in: money(overdue.in), out: money(overdue.out) },
    months: forecast.months.map(({ month, ...amounts }) => ({
      month,
      in: money(amounts.in),
      out: money(amounts.out),
      outWaiting: money(amounts.outWaiting),
      closing: money(amounts.closing),
      closingExpected: money(amounts.closingExpected),
    })),
    cliff: cliff && { month: cliff.month, shortBy: money(cliff.shortBy) },
  };
}
