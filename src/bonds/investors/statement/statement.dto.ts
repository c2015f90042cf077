import { ApiProperty } from '@nestjs/swagger';
import type { Xirr } from '../../../maths/xirr.js';
import {
  MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownMoney,
} from '../../../platform/http/answers.js';
import { CalendarDay } from '../../../platform/http/fields.js';
import type { InvestorStatement, InvestorStatementAhead } from './investor-statement.js';
import type { ProjectedReturn } from './projected-returns.js';

/** The day to which a statement is asked for. */
export class InvestorStatementQuery {
  @CalendarDay({ optional: true, description: 'Today, where it is left out' }) on?: string;
}

/** A statement on paper, or as a file: of a period. */
export class InvestorPeriodQuery extends InvestorStatementQuery {
  @CalendarDay({ optional: true, description: 'First day; from the start, where it is left out' })
  from?: string;
}

export class RateOfReturnAnswer {
  @Shown({
    type: String,
    nullable: true,
    example: '0.0625000000',
    description: 'Yearly, ACT/365; null where there is none, or several',
  })
  rate!: string | null;
  @Shown({ type: String, nullable: true, example: 'no sign change' }) reason!: string | null;
  @Shown({ type: [String], description: 'All rates that fit, where it is not one' }) roots!: string[];
}

export class MultiplesAnswer {
  @Shown({ type: String, nullable: true, example: '0.250000' }) distributed!: string | null;
  @Shown({ type: String, nullable: true, example: '0.800000' }) residual!: string | null;
  @Shown({ type: String, nullable: true, example: '1.050000' }) total!: string | null;
}

export class AccruedAnswer {
  @ShownMoney({ nullable: true, description: 'Null where nobody can say' }) amount!: MoneyAnswer | null;
  @Shown({ type: String, nullable: true, example: 'ACT/365' }) dayCount!: string | null;
  @Shown() note!: string;
}

export class InvestorPositionAnswer {
  @ShownId() bondId!: string;
  @ShownId({ description: 'The investor as a party to the bond' }) partyId!: string;
  @ShownId() investorId!: string;
  @Shown() investor!: string;
  @ShownDay() on!: string;
  @ShownMoney() commitment!: MoneyAnswer;
  @ShownMoney({ description: 'As calls stand now' }) called!: MoneyAnswer;
  @ShownMoney({ description: 'Capital that came' }) drawn!: MoneyAnswer;
  @ShownMoney({ description: 'Capital, and what was owed for poor outcomes' }) paidIn!: MoneyAnswer;
  @ShownMoney() returned!: MoneyAnswer;
  @ShownMoney({ description: 'Paid beyond its capital' }) income!: MoneyAnswer;
  @ShownMoney() outstanding!: MoneyAnswer;
  @ShownMoney({ description: 'Of what is outstanding, since the bond was closed without it' })
  lost!: MoneyAnswer;
  @ApiProperty({ type: AccruedAnswer }) accrued!: AccruedAnswer;
  @ApiProperty({ type: RateOfReturnAnswer, description: 'Of what was paid in and got back alone' })
  realised!: RateOfReturnAnswer;
  @ApiProperty({
    type: RateOfReturnAnswer,
    description: 'As if all that is out and accrued came back on the day',
  })
  withResidual!: RateOfReturnAnswer;
  @ApiProperty({ type: MultiplesAnswer }) multiples!: MultiplesAnswer;
}

export class InvestorsAnswer {
  @ApiProperty({ type: [InvestorPositionAnswer] }) items!: InvestorPositionAnswer[];
}

export class InvestorStatementLineAnswer {
  @ShownDay() on!: string;
  @Shown({ enum: ['drawdown', 'twoSided', 'distribution'] }) kind!: string;
  @Shown() reference!: string;
  @Shown() bankReference!: string;
  @ShownId() entryId!: string;
  @ShownMoney() paidIn!: MoneyAnswer;
  @ShownMoney() capital!: MoneyAnswer;
  @ShownMoney() income!: MoneyAnswer;
  @ShownMoney({ description: 'Capital in the bond after it' }) outstanding!: MoneyAnswer;
}

/** What happened to the day, and after it what a scenario expects. */
export class ProjectedReturnAnswer {
  @Shown({ type: String, nullable: true, example: 'Base', description: 'The kept scenario that is the plan' })
  scenario!: string | null;
  @Shown({ type: String, nullable: true, description: 'Why nothing is projected' }) why!: string | null;
  @Shown({
    type: 'integer',
    nullable: true,
    description: 'The plan that outcomes are measured by; null where the scenario is the measure itself',
  })
  plan!: number | null;
  @ShownMoney({ nullable: true, description: 'What it will have lent' }) drawn!: MoneyAnswer | null;
  @ShownMoney({ nullable: true, description: 'Of capital, and for poor outcomes' })
  paidIn!: MoneyAnswer | null;
  @ShownMoney({ nullable: true, description: 'What it will have got' }) received!: MoneyAnswer | null;
  @ShownMoney({ nullable: true, description: 'Capital that never comes back' }) lost!: MoneyAnswer | null;
  @ApiProperty({ type: RateOfReturnAnswer, nullable: true }) return!: RateOfReturnAnswer | null;
  @Shown({ type: String, nullable: true, example: '1.120000' }) multiple!: string | null;
}

export class InvestorStatementAnswer extends InvestorPositionAnswer {
  @ApiProperty({ type: [InvestorStatementLineAnswer] }) lines!: InvestorStatementLineAnswer[];
  @ApiProperty({ type: ProjectedReturnAnswer }) projected!: ProjectedReturnAnswer;
}

const toRate = (found: Xirr): RateOfReturnAnswer => ({
  rate: found.rate,
  reason: 'reason' in found ? found.reason : null,
  roots: 'roots' in found ? found.roots : [],
});

export function toPosition(statement: InvestorStatement): InvestorPositionAnswer {
  const { bond, investor, accrued } = statement;
  const money = (minor: bigint) => moneyAnswer(minor, bond.currency);
  return {
    bondId: bond.id,
    partyId: investor.partyId,
    investorId: investor.organisationId,
    investor: investor.investor,
    on: statement.on,
    commitment: money(investor.commitment),
    called: money(investor.called),
    drawn: money(statement.drawn),
    paidIn: money(statement.paidIn),
    returned: money(statement.returned),
    income: money(statement.income),
    outstanding: money(statement.outstanding),
    lost: money(statement.lost),
    accrued: { ...accrued, amount: accrued.amount === null ? null : money(accrued.amount) },
    realised: toRate(statement.realised),
    withResidual: toRate(statement.withResidual),
    multiples: statement.multiples,
  };
}

function toProjectedReturn(projected: ProjectedReturn, currency: string): ProjectedReturnAnswer {
  if (projected.scenario === null)
    return {
      ...{ scenario: null, why: projected.why, plan: null },
      ...{ drawn: null, paidIn: null, received: null, lost: null, return: null, multiple: null },
    };
  const { scenario, plan, investor } = projected;
  const money = (minor: bigint) => moneyAnswer(minor, currency);
  return {
    ...{ scenario, plan, why: null, return: toRate(investor.xirr), multiple: investor.multiples.total },
    ...{ drawn: money(investor.drawn), paidIn: money(investor.paidIn) },
    ...{ received: money(investor.received), lost: money(investor.lost) },
  };
}

export function toStatementAnswer(statement: InvestorStatementAhead): InvestorStatementAnswer {
  const money = (minor: bigint) => moneyAnswer(minor, statement.bond.currency);
  return {
    ...toPosition(statement),
    projected: toProjectedReturn(statement.projected, statement.bond.currency),
    lines: statement.lines.map(({ paidIn, capital, income, outstanding, ...line }) => ({
      ...{ ...line, paidIn: money(paidIn), capital: money(capital) },
      ...{ income: money(income), outstanding: money(outstanding) },
    })),
  };
}
