import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '../maths/day.js';
import { MoneyAnswer, moneyAnswer, Shown, ShownDay, ShownId, ShownMoney } from '../platform/http/answers.js';
import type { CumulativeSpend } from './cumulative.read.js';
import { type SpendReportState, spendReportStates } from './spend-report.entity.js';

export class CumulativePeriodAnswer {
  @ShownId() reportId!: string;
  @ShownDay() from!: Day;
  @ShownDay() to!: Day;
  @Shown({ enum: spendReportStates }) state!: SpendReportState;
}

export class CumulativeRowAnswer {
  @Shown({ enum: ['opening', 'received', 'goal', 'spent', 'closing'] }) kind!: string;
  @ShownId({ nullable: true }) goalId!: string | null;
  @Shown({ type: String, nullable: true }) goal!: string | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: { allOf: [{ $ref: '#/components/schemas/MoneyAnswer' }], nullable: true },
    description: 'By the last day of each period; null where its report is not handed in',
  })
  amounts!: Record<Day, MoneyAnswer | null>;
  @ShownMoney({
    description: 'Opening: of the first period; closing: of the last that is reported; else the sum',
  })
  total!: MoneyAnswer;
}

/** Everything that was reported of a grant: periods as columns, goals as rows. */
export class CumulativeSpendAnswer {
  @ApiProperty({ type: [CumulativePeriodAnswer] }) periods!: CumulativePeriodAnswer[];
  @ApiProperty({ type: [CumulativeRowAnswer] }) items!: CumulativeRowAnswer[];
  @Shown({ type: String, nullable: true, example: null }) nextCursor!: string | null;
  @Shown({ type: 'integer' }) total!: number;
  @ShownMoney({ description: 'What the ledger says was paid of the grant' }) paid!: MoneyAnswer;
  @ShownMoney({ description: 'What of it no report has counted yet' }) notReported!: MoneyAnswer;
}

export function toCumulativeAnswer(spend: CumulativeSpend): CumulativeSpendAnswer {
  const money = (minor: bigint) => moneyAnswer(minor, spend.currency);
  return {
    periods: spend.periods,
    items: spend.rows.map(({ kind, goalId, goal, amounts, total }) => ({
      ...{ kind, goalId, goal },
      amounts: Object.fromEntries(
        spend.periods.map(({ to }, index) => {
          const amount = amounts[index] ?? null;
          return [to, amount === null ? null : money(amount)];
        }),
      ),
      total: money(total),
    })),
    nextCursor: null,
    total: spend.rows.length,
    paid: money(spend.paid),
    notReported: money(spend.notReported),
  };
}
