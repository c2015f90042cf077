import { ApiProperty } from '@nestjs/swagger';
import { formatAmount } from '../../maths/money.js';
import {
  moneyAnswer,
  MoneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownMoney,
} from '../../platform/http/answers.js';
import { csvText } from '../../platform/http/csv.js';
import { CalendarDay } from '../../platform/http/fields.js';
import type { FunderStatement } from './funder-statement.js';
import { statementParts } from './statement.rules.js';

export class StatementQuery {
  @CalendarDay({ optional: true, description: 'First day; the first of January if left out' }) from?: string;
  @CalendarDay({ optional: true, description: 'Last day, included; today if left out' }) to?: string;
}

export class StatementPartsAnswer {
  @ShownMoney() received!: MoneyAnswer;
  @ShownMoney() fees!: MoneyAnswer;
  @ShownMoney({ description: 'Of the bank' }) charges!: MoneyAnswer;
  @ShownMoney({ description: 'Its share of what was paid out' }) paidOut!: MoneyAnswer;
  @ShownMoney({ description: 'Its share of what grants gave back' }) returned!: MoneyAnswer;
  @ShownMoney({ description: 'Its share of what outcome bonds left over when they were closed' })
  bondSurplus!: MoneyAnswer;
  @ShownMoney() refunds!: MoneyAnswer;
  @ShownMoney() other!: MoneyAnswer;
}

export class StatementPledgedAnswer {
  @ShownMoney({ description: 'Signed in the period, with what was changed' }) pledged!: MoneyAnswer;
  @ShownMoney({ description: 'Still to come at its end' }) open!: MoneyAnswer;
}

export class GrantShareAnswer {
  @ShownId() grantId!: string;
  @Shown() reference!: string;
  @Shown() title!: string;
  @Shown() payee!: string;
  @Shown({ type: [String] }) goals!: string[];
  @ShownMoney() amount!: MoneyAnswer;
}

export class GoalShareAnswer {
  @Shown({
    type: [String],
    description: 'Several where a grant serves several: a flexible grant is not split',
  })
  goals!: string[];
  @ShownMoney() amount!: MoneyAnswer;
}

export class StatementLineAnswer {
  @ShownId() entryId!: string;
  @ShownDay() occurredOn!: string;
  @Shown() description!: string;
  @Shown({ enum: statementParts }) part!: string;
  @Shown({ type: String, nullable: true, description: 'The goal or grant it is restricted to' })
  earmark!: string | null;
  @ShownId({ nullable: true }) grantId!: string | null;
  @ShownMoney({ description: 'Positive where the balance grows' }) amount!: MoneyAnswer;
  @ShownMoney() balance!: MoneyAnswer;
}

export class FunderStatementAnswer {
  @ShownId() poolId!: string;
  @Shown() pool!: string;
  @ShownId() funderId!: string;
  @Shown() funder!: string;
  @ShownDay() from!: string;
  @ShownDay() to!: string;
  @Shown({ description: 'False while the period runs: what is to come will change it' }) isOver!: boolean;
  @ShownMoney() opening!: MoneyAnswer;
  @ApiProperty({ type: StatementPartsAnswer }) parts!: StatementPartsAnswer;
  @ShownMoney({ description: 'The opening balance and all parts' }) closing!: MoneyAnswer;
  @ApiProperty({ type: [StatementPledgedAnswer], description: 'By currency' })
  pledged!: StatementPledgedAnswer[];
  @ApiProperty({ type: [GrantShareAnswer] }) grants!: GrantShareAnswer[];
  @ApiProperty({ type: [GoalShareAnswer] }) goals!: GoalShareAnswer[];
  @ApiProperty({ type: [StatementLineAnswer] }) lines!: StatementLineAnswer[];
}

export function toStatementAnswer(statement: FunderStatement): FunderStatementAnswer {
  const { poolId, pool, funderId, funder, from, to, currency, parts } = statement;
  const money = (minor: bigint) => moneyAnswer(minor, currency);
  return {
    ...{ poolId, pool, funderId, funder, from, to, isOver: to < statement.today },
    opening: money(statement.opening),
    parts: Object.fromEntries(
      statementParts.map((part) => [part, money(parts[part])]),
    ) as unknown as StatementPartsAnswer,
    closing: money(statement.closing),
    pledged: statement.pledged.map((each) => ({
      pledged: moneyAnswer(each.pledged, each.currency),
      open: moneyAnswer(each.open, each.currency),
    })),
    grants: statement.grants.map((grant) => ({ ...grant, amount: money(grant.amount) })),
    goals: statement.goals.map((goal) => ({ ...goal, amount: money(goal.amount) })),
    lines: statement.lines.map((line) => ({
      ...line,
      amount: money(line.amount),
      balance: money(line.balance),
    })),
  };
}

/** One flat table that any program can read: the summary, the shares by grant and goal, then every movement. */
export function statementCsv(statement: FunderStatement): string {
  const { currency, from, to, today, parts } = statement;
  const row = (section: string, day: string, item: string, amount: bigint, balance?: bigint) => [
    ...[section, day, item, formatAmount(amount, currency)],
    ...[balance === undefined ? '' : formatAmount(balance, currency), currency],
  ];
  return csvText([
    ['section', 'day', 'item', 'amount', 'balance', 'currency'],
    ['about', '', `${statement.funder} in ${statement.pool}`, '', '', currency],
    ...(to < today ? [] : [['about', today, 'the period is not over', '', '', currency]]),
    row('summary', from, 'opening', statement.opening),
    ...statementParts.map((part) => row('summary', to, part, parts[part])),
    row('summary', to, 'closing', statement.closing),
    ...statement.pledged.flatMap((each) => [
      ['pledged', to, 'signed in the period', formatAmount(each.pledged, each.currency), '', each.currency],
      ['pledged', to, 'still to come', formatAmount(each.open, each.currency), '', each.currency],
    ]),
    ...statement.grants.map(({ reference, payee, amount }) =>
      row('grant', to, `${reference}, ${payee}`, amount),
    ),
    ...statement.goals.map(({ goals, amount }) =>
      row('goal', to, goals.join('; ') || 'no goal named', amount),
    ),
    ...statement.lines.map((line) =>
      row(line.part, line.occurredOn, line.description, line.amount, line.balance),
    ),
  ]);
}
