import { ApiProperty, OmitType } from '@nestjs/swagger';
import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../../platform/http/answers.js';
import { Amount, Choice, Id, Nested, Text } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list.js';
import { ReceiveContribution } from '../../../pools/contributions/contribution.dto.js';
import type { BankLine } from './bank-lines.read.js';
import { reasonOf, type Suggestion } from './suggestions.rules.js';

export const lineStates = ['unmatched', 'matched', 'setAside'] as const;

const kinds =
  'disbursement, contribution, bankCharge, refund, feePayment, grantReturn, outcomeInvoice, outcomeReceipt, drawdownCall, drawdownReceipt, providerAdvance, distribution';

export class BankLineQuery extends ListQuery {
  @Choice(lineStates, { optional: true }) state?: string;
}

/** Says what a whole line is: a document that waits for the bank, or one that is recorded already. */
export class MatchLine {
  @Text({ max: 40, example: 'disbursement', description: `One of ${kinds}` }) kind!: string;
  @Id() id!: string;
}

/** A part of a line: a document that exists, by its id, or a new one. */
export class SplitPart {
  @Text({ max: 40, example: 'contribution', description: `One of ${kinds}` }) kind!: string;
  @Amount({
    example: '300.00',
    description:
      'Never negative: a contribution or a return adds to the line, a charge, refund or fee takes from it, a payment is as the line',
  })
  amount!: string;
  @Id({ optional: true, description: 'The document; without it a new one is recorded' }) id?: string;
  @Id({
    optional: true,
    description:
      'Of a new one: the funder of the contribution, the grant that is returned, the outcome invoice that is paid',
  })
  newFor?: string;
  @Text({ max: 500, optional: true, description: 'Of a new one; otherwise what the bank says' })
  note?: string;
}

/** Says what the parts of a line are; together they are the whole of it. */
export class SplitLine {
  @Nested(() => SplitPart, { many: true, least: 1, most: 50 }) parts!: SplitPart[];
}

/** Posts a line as money that came from a funder: the amount, the day and the reference are the line's. */
export class PostContribution extends OmitType(ReceiveContribution, [
  'amount',
  'currency',
  'receivedOn',
  'bankReference',
] as const) {}

/** Posts a line as what the bank took for its services. */
export class PostCharge {
  @Text({ max: 500, optional: true, example: 'Charges for October' }) note?: string;
}

export class SetLineAside {
  @Text({ max: 500, example: 'Moved between two accounts of the host' }) reason!: string;
}

export class BankLinePartAnswer {
  @Shown({ description: `One of ${kinds}` }) kind!: string;
  @ShownId() id!: string;
  @ShownMoney({ description: 'What came is positive' }) amount!: MoneyAnswer;
  @Shown({ description: 'Whether the line has posted it; otherwise it was recorded before' })
  posted!: boolean;
}

export class BankLineAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @ShownId() statementId!: string;
  @Shown() reference!: string;
  @ShownDay() bookedOn!: string;
  @ShownMoney({ description: 'What came is positive' }) amount!: MoneyAnswer;
  @Shown({ type: String, nullable: true }) endToEndId!: string | null;
  @Shown() remittance!: string;
  @Shown() counterparty!: string;
  @Shown() isReturn!: boolean;
  @Shown({ type: String, nullable: true }) returnReason!: string | null;
  @Shown({ enum: lineStates }) state!: string;
  @Shown({ type: String, nullable: true, description: 'Why it waits, or was set aside' }) note!:
    string | null;
  @ApiProperty({ type: [BankLinePartAnswer], description: 'What it was found to be; together the line' })
  parts!: BankLinePartAnswer[];
  @Shown({ type: String, nullable: true }) decidedBy!: string | null;
  @ShownInstant({ nullable: true }) decidedAt!: string | null;
}

export class SuggestionAnswer {
  @Shown() kind!: string;
  @ShownId() id!: string;
  @Shown() label!: string;
  @ShownMoney({ description: 'What came is positive' }) amount!: MoneyAnswer;
  @Shown({
    enum: ['endToEndId', 'reference', 'amount', 'possible'],
    description:
      'By what it fits, the surest first; `possible` as a part of the line, or of its amount on a day far off',
  })
  by!: string;
  @Shown({ description: 'Why it is suggested' }) reason!: string;
}

export class SuggestionsAnswer {
  @ApiProperty({ type: [SuggestionAnswer] }) items!: SuggestionAnswer[];
}

export function toLineAnswer({ coalitionId: _, currency, decidedAt, ...line }: BankLine): BankLineAnswer {
  return {
    ...line,
    amount: moneyAnswer(line.amount, currency),
    parts: line.parts.map((part) => ({ ...part, amount: moneyAnswer(part.amount, currency) })),
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}

export const toSuggestionsAnswer = (
  { currency }: BankLine,
  suggestions: readonly Suggestion[],
): SuggestionsAnswer => ({
  items: suggestions.map((suggestion) => ({
    ...{ kind: suggestion.kind, id: suggestion.id, label: suggestion.label, by: suggestion.by },
    amount: moneyAnswer(suggestion.amount, currency),
    reason: reasonOf(suggestion, currency, 'en-GB'),
  })),
});
