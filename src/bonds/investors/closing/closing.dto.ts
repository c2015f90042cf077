import { ApiProperty } from '@nestjs/swagger';
import {
  MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../../platform/http/answers.js';
import { CalendarDay, Text } from '../../../platform/http/fields.js';
import { closingStates, type KeptClosing } from './closing.rules.js';
import type { ClosingView } from './closing.service.js';
import type { BondClosing } from './closings.read.js';
import { kept } from '../distributions/kept-working.js';
import type { GuaranteeOwed } from './guarantee.js';

/** Asks to end a bond; others approve. */
export class AskClosing {
  @CalendarDay({
    example: '2031-03-31',
    description: 'Not before money of the bond last moved, and not in the future',
  })
  closedOn!: string;
  @Text({ max: 500, example: 'The term is over, and everything is paid' }) reason!: string;
}

export class ClosingItemAnswer {
  @Shown({ example: 'invoices' }) key!: string;
  @Shown() label!: string;
  @Shown({ type: [String], description: 'What of it is open; none where it is done' }) open!: string[];
}

export class ClosingInvestorAnswer {
  @ShownId() partyId!: string;
  @Shown() investor!: string;
  @ShownMoney({ description: 'Capital that is not returned' }) capital!: MoneyAnswer;
  @ShownMoney({ description: 'What it was paid beyond its capital' }) income!: MoneyAnswer;
}

export class SurplusShareAnswer {
  @ShownId() organisationId!: string;
  @Shown() name!: string;
  @ShownMoney() amount!: MoneyAnswer;
}

export class ClosingFiguresAnswer {
  @ShownMoney() proceeds!: MoneyAnswer;
  @ShownMoney() cost!: MoneyAnswer;
  @ShownMoney({ description: 'Paid to investors beyond their capital' }) income!: MoneyAnswer;
  @ShownMoney({ description: 'Capital that is not returned' }) lost!: MoneyAnswer;
  @ShownMoney({ description: 'proceeds + lost − cost − income' }) surplus!: MoneyAnswer;
  @ApiProperty({ type: [ClosingInvestorAnswer] }) investors!: ClosingInvestorAnswer[];
  @ApiProperty({ type: [SurplusShareAnswer] }) shares!: SurplusShareAnswer[];
}

export class GuaranteeAnswer {
  @ShownId() partyId!: string;
  @Shown() guarantor!: string;
  @Shown({ example: '0.5', description: 'Of the capital that is not returned' }) share!: string;
  @ShownMoney() shortfall!: MoneyAnswer;
  @ShownMoney() owed!: MoneyAnswer;
  @ShownMoney({ description: 'Not called yet' }) open!: MoneyAnswer;
}

export class BondClosingAnswer {
  @ShownId() id!: string;
  @ShownId() bondId!: string;
  @Shown() bond!: string;
  @ShownDay() closedOn!: string;
  @Shown() reason!: string;
  @Shown({ enum: closingStates }) state!: string;
  @ShownId() approvalId!: string;
  @Shown() madeBy!: string;
  @ShownInstant() madeAt!: string;
  @ShownId({ nullable: true }) entryId!: string | null;
  @ApiProperty({ type: ClosingFiguresAnswer }) figures!: ClosingFiguresAnswer;
}

export class ClosingViewAnswer {
  @ApiProperty({
    type: [ClosingItemAnswer],
    description: 'Of an active bond: what must be over before it is closed',
  })
  items!: ClosingItemAnswer[];
  @ApiProperty({ type: ClosingFiguresAnswer, description: 'How it would end as its accounts stand' })
  figures!: ClosingFiguresAnswer;
  @ApiProperty({ type: GuaranteeAnswer, nullable: true }) guarantee!: GuaranteeAnswer | null;
  @ApiProperty({ type: BondClosingAnswer, nullable: true, description: 'The newest that was asked for' })
  last!: BondClosingAnswer | null;
}

function toFigures(figures: KeptClosing, currency: string): ClosingFiguresAnswer {
  const money = (amount: string): MoneyAnswer => ({ amount, currency });
  const { proceeds, cost, income, lost, surplus } = figures;
  return {
    ...{ proceeds: money(proceeds), cost: money(cost), income: money(income) },
    ...{ lost: money(lost), surplus: money(surplus) },
    investors: figures.investors.map(({ capital, income: beyond, ...investor }) => ({
      ...{ ...investor, capital: money(capital), income: money(beyond) },
    })),
    shares: figures.shares.map(({ amount, ...share }) => ({ ...share, amount: money(amount) })),
  };
}

export const toClosingAnswer = (closing: BondClosing): BondClosingAnswer => ({
  id: closing.id,
  bondId: closing.bondId,
  bond: closing.bond,
  closedOn: closing.closedOn,
  reason: closing.reason,
  state: closing.state,
  approvalId: closing.approvalId,
  madeBy: closing.madeBy,
  madeAt: closing.madeAt.toISOString(),
  entryId: closing.entryId,
  figures: toFigures(closing.working, closing.currency),
});

const toGuarantee = (
  { partyId, guarantor, share, shortfall, owed, open }: GuaranteeOwed,
  currency: string,
): GuaranteeAnswer => ({
  ...{ partyId, guarantor, share, shortfall: moneyAnswer(shortfall, currency) },
  ...{ owed: moneyAnswer(owed, currency), open: moneyAnswer(open, currency) },
});

export const toClosingView = ({ bond, items, figures, guarantee, last }: ClosingView): ClosingViewAnswer => ({
  items,
  figures: toFigures(kept(figures, bond.currency), bond.currency),
  guarantee: guarantee && toGuarantee(guarantee, bond.currency),
  last: last ? toClosingAnswer(last) : null,
});
