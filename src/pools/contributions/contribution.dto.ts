import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '../../maths/day.js';
import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../platform/http/answers.js';
import { Amount, CalendarDay, CurrencyCode, Id, Nested, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import type { ApplicationRow, ContributionRow } from './contributions.read.js';

/** How much of a contribution settles an instalment, in the currency of its pledge; nothing is said as 0. */
export class SettleInstalment {
  @Id() instalmentId!: string;
  @Amount({ example: '30000.00' }) amount!: string;
}

/** Records money that has arrived on the bank account. */
export class ReceiveContribution {
  @Id({ description: 'The organisation that paid' }) funderId!: string;
  @Amount({ example: '30000.00', description: 'As it arrived, in the pool’s currency' }) amount!: string;
  @CurrencyCode({ optional: true, description: "The pool's currency" }) currency?: string;
  @Amount({
    optional: true,
    example: '34700.00',
    description:
      'As the funder paid it, where that was in another currency: from the statement, not from a rate',
  })
  paidAmount?: string;
  @CurrencyCode({ optional: true, example: 'EUR', description: 'The currency in which the funder paid' })
  paidCurrency?: string;
  @CalendarDay({ example: '2026-11-20' }) receivedOn!: string;
  @Text({
    max: 140,
    example: 'BACS 771204',
    description: 'As it stands on the bank statement; each is recorded once',
  })
  bankReference!: string;
  @Id({
    optional: true,
    description:
      'The goal to which the money is restricted; if nothing is said, as the oldest open pledge says',
  })
  earmarkGoalId?: string;
  @Id({ optional: true, description: 'The grant to which the money is restricted' }) earmarkGrantId?: string;
  @Id({
    optional: true,
    description: 'Apply it to this pledge only; otherwise to the oldest open instalments',
  })
  pledgeId?: string;
  @Nested(() => SettleInstalment, {
    ...{ many: true, least: 0, most: 240, optional: true },
    description: 'Which instalments it settles; otherwise the oldest open ones',
  })
  settles?: SettleInstalment[];
}

/** Says anew what a contribution settles. What it settled before is open again. */
export class ApplyContribution {
  @Nested(() => SettleInstalment, {
    ...{ many: true, least: 0, most: 240, optional: true },
    description: 'Which instalments it settles; the oldest open ones if left out, none if empty',
  })
  settles?: SettleInstalment[];
}

export class ReverseContribution {
  @Text({ max: 500, example: 'Booked to the wrong funder' }) reason!: string;
  @CalendarDay({ example: '2026-11-24', description: 'The date of the reversal' }) occurredOn!: string;
}

export class ContributionQuery extends ListQuery {
  @Id({ optional: true }) funderId?: string;
  @CalendarDay({ optional: true, description: 'Received on or after' }) 'receivedOn.gte'?: Day;
  @CalendarDay({ optional: true, description: 'Received on or before' }) 'receivedOn.lte'?: Day;
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
  @ShownMoney({ description: 'As it arrived' }) amount!: MoneyAnswer;
  @ShownMoney({ nullable: true, description: 'As the funder paid it, where that was in another currency' })
  paid!: MoneyAnswer | null;
  @ShownMoney({ description: "The host's fee on it" }) fee!: MoneyAnswer;
  @ShownMoney({ description: 'What it settles of pledges, in their currency' }) applied!: MoneyAnswer;
  @ShownMoney({ description: 'More than it settles, in the same currency' }) overpaid!: MoneyAnswer;
  @ShownDay() receivedOn!: string;
  @Shown() bankReference!: string;
  @ShownId({ nullable: true }) earmarkGoalId!: string | null;
  @ShownId({ nullable: true }) earmarkGrantId!: string | null;
  @ShownId() entryId!: string;
  @Shown({ type: String, nullable: true, description: 'Why it was reversed' }) reversalReason!: string | null;
  @ShownInstant() recordedAt!: string;
}

export class ApplicationAnswer {
  @ShownId() instalmentId!: string;
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
  const { amount, paidAmount, paidCurrency, fee, applied, tendered, appliedCurrency, currency } = row;
  const { id, poolId, funderId, funder, receivedOn, bankReference, earmarkGoalId, earmarkGrantId } = row;
  const { entryId, reversalReason, recordedAt } = row;
  return {
    ...{ id, poolId, funderId, funder, receivedOn, bankReference, earmarkGoalId, earmarkGrantId },
    ...{ entryId, reversalReason },
    amount: moneyAnswer(amount, currency),
    paid: paidAmount === null || paidCurrency === null ? null : moneyAnswer(paidAmount, paidCurrency),
    fee: moneyAnswer(fee, currency),
    applied: moneyAnswer(applied, appliedCurrency),
    overpaid: moneyAnswer(tendered - applied, appliedCurrency),
    recordedAt: recordedAt.toISOString(),
  };
}

export const toContributionWithApplications = (
  row: ContributionRow,
  applications: ApplicationRow[],
): ContributionWithApplicationsAnswer => ({
  ...toContributionAnswer(row),
  applications: applications.map(({ currency, ...part }) => ({
    ...part,
    amount: moneyAnswer(part.amount, currency),
  })),
});
