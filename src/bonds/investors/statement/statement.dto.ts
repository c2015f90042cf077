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
import type { InvestorStatement } from './investor-statement.js';

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

export class InvestorStatementAnswer extends InvestorPositionAnswer {
  @ApiProperty({ type: [InvestorStatementLineAnswer] }) lines!: InvestorStatementLineAnswer[];
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

export function toStatementAnswer(statement: InvestorStatement): InvestorStatementAnswer {
  const money = (minor: bigint) => moneyAnswer(minor, statement.bond.currency);
  return {
    ...toPosition(statement),
    lines: statement.lines.map(({ paidIn, capital, income, outstanding, ...line }) => ({
      ...{ ...line, paidIn: money(paidIn), capital: money(capital) },
      ...{ income: money(income), outstanding: money(outstanding) },
    })),
  };
}
