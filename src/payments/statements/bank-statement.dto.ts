import {
  moneyAnswer,
  MoneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../platform/http/answers.js';
import { OmitType } from '@nestjs/swagger';
import { ReceiveContribution } from '../../pools/contributions/contribution.dto.js';
import { CalendarDay, Choice, Id, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import type { ImportOutcome } from './bank-statements.service.js';
import type { BankLine, BankStatement } from './bank-statements.read.js';
import { offBy } from './matching.rules.js';

export const lineStates = ['unmatched', 'matched', 'setAside'] as const;

export class BankLineQuery extends ListQuery {
  @Choice(lineStates, { optional: true }) state?: string;
}

/** Says what a line is: a payment (settled, or given back), or a contribution that is recorded already. */
export class MatchLine {
  @Choice(['disbursement', 'contribution']) kind!: 'disbursement' | 'contribution';
  @Id() id!: string;
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

export class GiveBackPayment {
  @CalendarDay({ example: '2026-12-04' }) returnedOn!: string;
  @Text({ max: 500, example: 'AC04: the account is closed' }) reason!: string;
}

export class ImportAnswer {
  @Shown({ type: 'integer', description: 'Statements in the file' }) statements!: number;
  @Shown({ type: 'integer', description: 'Lines that were new' }) added!: number;
  @Shown({ type: 'integer', description: 'Lines that were there already' }) known!: number;
  @Shown({ type: 'integer' }) matched!: number;
  @Shown({ type: 'integer' }) waiting!: number;
  @Shown({ type: [String], description: 'What a person should look at' }) warnings!: string[];
}

export class BankStatementAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @Shown() reference!: string;
  @ShownMoney({ nullable: true }) opening!: MoneyAnswer | null;
  @ShownMoney({ nullable: true }) closing!: MoneyAnswer | null;
  @ShownMoney({ description: 'The sum of the lines' }) movement!: MoneyAnswer;
  @ShownMoney({
    nullable: true,
    description: 'Closing less opening less movement; null where the bank states no balances',
  })
  offBy!: MoneyAnswer | null;
  @ShownDay({ nullable: true }) closingOn!: string | null;
  @Shown({ type: 'integer' }) lines!: number;
  @Shown({ type: 'integer' }) waiting!: number;
  @Shown() fileName!: string;
  @Shown() fileSha256!: string;
  @Shown() importedBy!: string;
  @ShownInstant() importedAt!: string;
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
  @ShownId({ nullable: true }) disbursementId!: string | null;
  @ShownId({ nullable: true }) contributionId!: string | null;
  @ShownId({ nullable: true }) bankChargeId!: string | null;
  @Shown({ type: String, nullable: true }) decidedBy!: string | null;
  @ShownInstant({ nullable: true }) decidedAt!: string | null;
}

export const toImportAnswer = (outcome: ImportOutcome): ImportAnswer => ({ ...outcome });

export function toStatementAnswer({
  account: _,
  currency,
  importedAt,
  ...statement
}: BankStatement): BankStatementAnswer {
  const money = (minor: bigint | null) => (minor === null ? null : moneyAnswer(minor, currency));
  return {
    ...statement,
    opening: money(statement.opening),
    closing: money(statement.closing),
    movement: moneyAnswer(statement.movement, currency),
    offBy: money(offBy(statement)),
    importedAt: importedAt.toISOString(),
  };
}

export function toLineAnswer({ coalitionId: _, currency, decidedAt, ...line }: BankLine): BankLineAnswer {
  return { ...line, amount: moneyAnswer(line.amount, currency), decidedAt: decidedAt?.toISOString() ?? null };
}
