import { ApiProperty } from '@nestjs/swagger';
import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownMoney,
} from '../platform/http/answers.js';
import type { PortfolioCoalition, PortfolioPool } from './portfolio.js';
import type { CoalitionOverview, NextInstalment, OverdueReport, PoolOverview } from './coalition-overview.js';

export class MyPoolMoney {
  @ShownMoney() pledged!: MoneyAnswer;
  @ShownMoney() received!: MoneyAnswer;
  @ShownMoney() paidOut!: MoneyAnswer;
}

export class PortfolioPoolAnswer {
  @ShownId() id!: string;
  @Shown() name!: string;
  @Shown() currency!: string;
  @ShownMoney() pledged!: MoneyAnswer;
  @ShownMoney() received!: MoneyAnswer;
  @ShownMoney() paidOut!: MoneyAnswer;
  @ShownMoney({ description: 'What funders have left in the pool' }) balance!: MoneyAnswer;
  @ApiProperty({ type: MyPoolMoney, nullable: true, description: "A funder's own part" })
  mine!: MyPoolMoney | null;
}

export class LastLearningAnswer {
  @ShownId() id!: string;
  @Shown() title!: string;
  @ShownDay() happenedOn!: string;
}

export class PortfolioCoalitionAnswer {
  @ShownId() id!: string;
  @Shown() name!: string;
  @Shown({ enum: ['coordinating', 'transforming'] }) kind!: string;
  @Shown({ type: String, nullable: true }) backbone!: string | null;
  @Shown({ type: [String] }) roles!: string[];
  @ApiProperty({ type: [PortfolioPoolAnswer] }) pools!: PortfolioPoolAnswer[];
  @Shown({ type: 'integer' }) reportsOverdue!: number;
  @ShownDay({ nullable: true }) reportsDueNext!: string | null;
  @Shown({ type: 'integer' }) approvalsWaiting!: number;
  @ApiProperty({ type: LastLearningAnswer, nullable: true, description: 'The newest learning entry' })
  lastLearning!: LastLearningAnswer | null;
}

export class PortfolioAnswer {
  @ApiProperty({ type: [PortfolioCoalitionAnswer] }) coalitions!: PortfolioCoalitionAnswer[];
}

export const toPortfolioAnswer = (coalitions: PortfolioCoalition[]): PortfolioAnswer => ({
  coalitions: coalitions.map((coalition) => ({ ...coalition, pools: coalition.pools.map(toPoolAnswer) })),
});

function toPoolAnswer({ id, name, currency, mine, ...figures }: PortfolioPool): PortfolioPoolAnswer {
  const money = (minor: bigint) => moneyAnswer(minor, currency);
  return {
    id,
    name,
    currency,
    pledged: money(figures.pledged),
    received: money(figures.received),
    paidOut: money(figures.paidOut),
    balance: money(figures.balance),
    mine: mine && {
      pledged: money(mine.pledged),
      received: money(mine.received),
      paidOut: money(mine.paidOut),
    },
  };
}

export class YearAnswer {
  @Shown({ type: 'integer', example: 2026 }) year!: number;
  @ShownMoney() pledged!: MoneyAnswer;
  @ShownMoney() received!: MoneyAnswer;
}

export class PoolOverviewAnswer {
  @ShownId() id!: string;
  @Shown() name!: string;
  @Shown() currency!: string;
  @ShownMoney() availableToDisburse!: MoneyAnswer;
  @ShownMoney() availableToCommit!: MoneyAnswer;
  @ShownMoney() grantsOutstanding!: MoneyAnswer;
  @ShownMoney() pledgesReceivable!: MoneyAnswer;
  @ApiProperty({ type: [YearAnswer] }) years!: YearAnswer[];
}

export class OverviewGoalAnswer {
  @ShownId() id!: string;
  @Shown() name!: string;
  @ShownDay() horizonOn!: string;
}

export class NextInstalmentAnswer {
  @ShownId() id!: string;
  @ShownId() grantId!: string;
  @Shown() grant!: string;
  @Shown() partner!: string;
  @ShownDay() dueOn!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @Shown() state!: string;
  @Shown({ type: String, nullable: true }) holdReason!: string | null;
}

export class OverdueReportAnswer {
  @ShownId() id!: string;
  @ShownId() grantId!: string;
  @Shown() grant!: string;
  @Shown() partner!: string;
  @ShownDay() periodFrom!: string;
  @ShownDay() periodTo!: string;
  @ShownDay() dueOn!: string;
  @Shown() state!: string;
}

export class CoalitionOverviewAnswer {
  @ShownId() id!: string;
  @Shown() name!: string;
  @Shown() commonAgenda!: string;
  @Shown({ enum: ['coordinating', 'transforming'] }) kind!: string;
  @Shown() timeZone!: string;
  @ShownDay() today!: string;
  @Shown({ type: String, nullable: true }) backbone!: string | null;
  @ApiProperty({ type: [PoolOverviewAnswer] }) pools!: PoolOverviewAnswer[];
  @ApiProperty({ type: [OverviewGoalAnswer] }) goals!: OverviewGoalAnswer[];
  @ApiProperty({ type: [NextInstalmentAnswer] }) nextInstalments!: NextInstalmentAnswer[];
  @ApiProperty({ type: [OverdueReportAnswer] }) overdueReports!: OverdueReport[];
}

export const toCoalitionOverviewAnswer = (overview: CoalitionOverview): CoalitionOverviewAnswer => ({
  ...overview,
  pools: overview.pools.map(toPoolOverviewAnswer),
  nextInstalments: overview.nextInstalments.map(toNextInstalmentAnswer),
});

function toPoolOverviewAnswer({ id, name, currency, position, years }: PoolOverview): PoolOverviewAnswer {
  const money = (minor: bigint) => moneyAnswer(minor, currency);
  return {
    id,
    name,
    currency,
    availableToDisburse: money(position.availableToDisburse),
    availableToCommit: money(position.availableToCommit),
    grantsOutstanding: money(position.grantsOutstanding),
    pledgesReceivable: money(position.pledgesReceivable),
    years: years.map(({ year, pledged, received }) => ({
      year,
      pledged: money(pledged),
      received: money(received),
    })),
  };
}

const toNextInstalmentAnswer = ({ currency, amount, ...rest }: NextInstalment): NextInstalmentAnswer => ({
  ...rest,
  amount: moneyAnswer(amount, currency),
});
