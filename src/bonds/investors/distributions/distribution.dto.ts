import { ApiProperty } from '@nestjs/swagger';
import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../../platform/http/answers.js';
import { Amount, CalendarDay, Choice, Text } from '../../../platform/http/fields.js';
import { paymentStates } from '../bond-payment.js';
import { type DistributionSource, distributionSources } from './distribution.rules.js';
import type { Distribution } from './distributions.read.js';
import type { KeptWorking } from './kept-working.js';

/** What a distribution would come to; nothing is saved. */
export class PreviewDistribution {
  @CalendarDay({ example: '2028-12-31', description: 'The day as of which it is worked out' }) asOf!: string;
  @Amount({ optional: true, description: 'What goes into the tiers; all that is free, if left out' })
  amount?: string;
  @Choice(distributionSources, {
    optional: true,
    description: 'By the terms, or as capital what the guarantor paid; by the terms, if left out',
  })
  source?: DistributionSource;
}

/** Asks for a distribution as it would come to now. */
export class AskDistribution extends PreviewDistribution {
  @Text({ max: 500, example: 'The outcome payments of the second year' }) reason!: string;
}

export class TierShareAnswer {
  @ShownId({ description: 'The investor as a party to the bond' }) partyId!: string;
  @Shown() investor!: string;
  @ShownMoney() amount!: MoneyAnswer;
}

export class WorkedTierAnswer {
  @Shown({ enum: ['fee', 'capital', 'preferred', 'irrCap', 'residual', 'coupon', 'guarantee'] })
  kind!: string;
  @ShownMoney() paid!: MoneyAnswer;
  @ApiProperty({ type: [TierShareAnswer], description: 'None for a fee' }) perInvestor!: TierShareAnswer[];
  @ShownMoney() provider!: MoneyAnswer;
  @ShownMoney({ description: 'Stays in the bond until it is closed' }) pool!: MoneyAnswer;
}

export class InvestorShareAnswer {
  @ShownId() partyId!: string;
  @Shown() investor!: string;
  @ShownMoney() capital!: MoneyAnswer;
  @ShownMoney({ description: 'Beyond its capital' }) income!: MoneyAnswer;
}

export class DistributionTotalsAnswer {
  @ShownMoney() fee!: MoneyAnswer;
  @ShownMoney() investors!: MoneyAnswer;
  @ShownMoney() provider!: MoneyAnswer;
  @ShownMoney() pool!: MoneyAnswer;
}

export class CouponAnswer {
  @Shown({ example: '96.25', description: 'Outcome payments in per cent of the plan' }) percent!: string;
  @Shown({ example: '0.05' }) rate!: string;
}

export class WorkedOutAnswer {
  @ShownDay() asOf!: string;
  @Shown({ enum: distributionSources }) source!: string;
  @Shown({ description: 'SHA-256 of the terms that it was worked out by' }) termsHash!: string;
  @ShownMoney() available!: MoneyAnswer;
  @ApiProperty({ type: [WorkedTierAnswer] }) tiers!: WorkedTierAnswer[];
  @ApiProperty({ type: [InvestorShareAnswer] }) shares!: InvestorShareAnswer[];
  @ApiProperty({ type: DistributionTotalsAnswer }) totals!: DistributionTotalsAnswer;
  @ShownMoney({ description: 'What leaves the account' }) paid!: MoneyAnswer;
  @ShownMoney() remaining!: MoneyAnswer;
  @ApiProperty({ type: CouponAnswer, nullable: true }) coupon!: CouponAnswer | null;
}

export class DistributionAnswer {
  @ShownId() id!: string;
  @ShownId() bondId!: string;
  @Shown() bond!: string;
  @ShownId() poolId!: string;
  @Shown({ enum: distributionSources }) source!: string;
  @ShownDay() asOf!: string;
  @ShownMoney({ description: 'What went into the tiers' }) available!: MoneyAnswer;
  @ShownMoney({ description: 'What leaves the account' }) amount!: MoneyAnswer;
  @ShownMoney() forInvestors!: MoneyAnswer;
  @ShownMoney() fee!: MoneyAnswer;
  @ShownMoney() forProvider!: MoneyAnswer;
  @ShownMoney({ description: 'Stays in the bond until it is closed' }) forPool!: MoneyAnswer;
  @ShownMoney() remaining!: MoneyAnswer;
  @Shown() reason!: string;
  @Shown({ enum: paymentStates }) state!: string;
  @ShownId() approvalId!: string;
  @Shown() madeBy!: string;
  @ShownInstant() madeAt!: string;
  @Shown({ type: String, nullable: true }) bankReference!: string | null;
  @ShownDay({ nullable: true }) paidOn!: string | null;
  @ShownId({ nullable: true }) entryId!: string | null;
}

export class DistributionWithWorkingAnswer extends DistributionAnswer {
  @ApiProperty({ type: WorkedOutAnswer }) working!: WorkedOutAnswer;
}

/** A working, kept or not, as the API tells it. */
export function toWorkedOut({ termsHash, inputs, result }: KeptWorking): WorkedOutAnswer {
  const { currency, investors } = inputs;
  const money = (amount: string): MoneyAnswer => ({ amount, currency });
  return {
    ...{ asOf: inputs.asOf, source: inputs.source, termsHash, coupon: result.coupon },
    available: money(inputs.available),
    tiers: result.tiers.map(({ kind, paid, perInvestor, provider, pool }) => ({
      ...{ kind, paid: money(paid), provider: money(provider), pool: money(pool) },
      perInvestor: perInvestor.map((amount, place) => ({
        partyId: investors[place]!.partyId,
        investor: investors[place]!.investor,
        amount: money(amount),
      })),
    })),
    shares: result.shares.map(({ partyId, investor, capital, income }) => ({
      ...{ partyId, investor, capital: money(capital), income: money(income) },
    })),
    totals: {
      fee: money(result.totals.fee),
      investors: money(result.totals.investors),
      provider: money(result.totals.provider),
      pool: money(result.totals.pool),
    },
    paid: money(result.paid),
    remaining: money(result.remaining),
  };
}

export const toDistributionAnswer = ({
  coalitionId: _,
  currency,
  madeAt,
  ...distribution
}: Distribution): DistributionAnswer => ({
  ...distribution,
  available: moneyAnswer(distribution.available, currency),
  amount: moneyAnswer(distribution.amount, currency),
  forInvestors: moneyAnswer(distribution.forInvestors, currency),
  fee: moneyAnswer(distribution.fee, currency),
  forProvider: moneyAnswer(distribution.forProvider, currency),
  forPool: moneyAnswer(distribution.forPool, currency),
  remaining: moneyAnswer(distribution.remaining, currency),
  madeAt: madeAt.toISOString(),
});
