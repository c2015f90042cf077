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
import { Amount, CalendarDay, CurrencyCode, Id, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import type { ApplicationRow, ContributionRow } from './contributions.service.js';

/** Records money that has arrived on the bank account. */
export class ReceiveContribution {
  @Id({ description: 'The organisation that paid' }) funderId!: string;
  @Amount({ example: '30000.00' }) amount!: string;
  @CurrencyCode({ optional: true, description: "The pool's currency" }) currency?: string;
  @CalendarDay({ example: '2026-11-20' }) receivedOn!: string;
  @Text({
    max: 140,
    example: 'BACS 771204',
    description: 'As it stands on the bank statement; each is recorded once',
  })
  bankReference!: string;
  @Id({ optional: true, description: 'The goal to which the money is restricted' }) earmarkGoalId?: string;
  @Id({
    optional: true,
    description: 'Apply it to this pledge only; otherwise to the oldest open instalments',
  })
  pledgeId?: string;
}

export class ReverseContribution {
  @Text({ max: 500, example: 'Booked to the wrong funder' }) reason!: string;
  @CalendarDay({ example: '2026-11-24', description: 'The date of the reversal' }) occurredOn!: string;
}

export class ContributionQuery extends ListQuery {
  @Id({ optional: true }) funderId?: string;
}

/** The page on which a contribution is recorded can be opened for a pledge. */
export class ContributionForm {
  @Id({ optional: true }) pledgeId?: string;
}

export class ContributionAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @ShownId() funderId!: string;
  @Shown() funder!: string;
  @ShownMoney() amount!: MoneyAnswer;
  @ShownMoney({ description: "The host's fee on it" }) fee!: MoneyAnswer;
  @ShownMoney({ description: 'What it settles of pledges' }) applied!: MoneyAnswer;
  @ShownMoney({ description: 'More than was pledged' }) overpaid!: MoneyAnswer;
  @ShownDay() receivedOn!: string;
  @Shown() bankReference!: string;
  @ShownId({ nullable: true }) earmarkGoalId!: string | null;
  @ShownId() entryId!: string;
  @Shown({ type: String, nullable: true, description: 'Why it was reversed' }) reversalReason!: string | null;
  @ShownInstant() recordedAt!: string;
}

export class ApplicationAnswer {
  @ShownId() pledgeId!: string;
  @Shown() reference!: string;
  @Shown({ type: 'integer' }) number!: number;
  @ShownDay() dueOn!: string;
  @ShownMoney() amount!: MoneyAnswer;
}

export class ContributionWithApplicationsAnswer extends ContributionAnswer {
  @ApiProperty({ type: [ApplicationAnswer] }) applications!: ApplicationAnswer[];
}

export function toContributionAnswer(row: ContributionRow): ContributionAnswer {
  const { amount, fee, applied, currency, recordedAt, coalitionId: _, ...contribution } = row;
  const money = (minor: bigint) => moneyAnswer(minor, currency);
  return {
    ...contribution,
    amount: money(amount),
    fee: money(fee),
    applied: money(applied),
    overpaid: money(amount - applied),
    recordedAt: recordedAt.toISOString(),
  };
}

export const toContributionWithApplications = (
  row: ContributionRow,
  applications: ApplicationRow[],
): ContributionWithApplicationsAnswer => ({
  ...toContributionAnswer(row),
  applications: applications.map((part) => ({ ...part, amount: moneyAnswer(part.amount, row.currency) })),
});
