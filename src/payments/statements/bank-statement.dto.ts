import {
  moneyAnswer,
  MoneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../platform/http/answers.js';
import { CalendarDay, Id, Text } from '../../platform/http/fields.js';
import type { ImportOutcome } from './bank-statements.service.js';
import type { BankStatement } from './bank-statements.read.js';
import { offBy } from './matching/matching.rules.js';

/** How a file is to be read. */
export class ImportQuery {
  @Id({ optional: true, description: 'Of a CSV file: the mapping of its columns' }) mappingId?: string;
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
