import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '../maths/day.js';
import {
  MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../platform/http/answers.js';
import { CalendarDay, Choice, Id, Instant, Text } from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';
import type { AccountRow, BookTotal } from './accounts.read.js';
import { type AccountKind, accountKinds } from './chart-of-accounts.js';
import type { Changes, Entry, EntryRow, PostingRow } from './entries.read.js';
import type { AccountMovement } from './movements.read.js';

const kinds = Object.keys(accountKinds) as AccountKind[];

export class EntryQuery extends ListQuery {
  @Text({ optional: true, max: 60, description: 'A kind of entry; its reversals come along' }) kind?: string;
  @CalendarDay({ optional: true, description: 'Occurred on or after' }) 'occurredOn.gte'?: Day;
  @CalendarDay({ optional: true, description: 'Occurred on or before' }) 'occurredOn.lte'?: Day;
  @Id({ optional: true, description: "Entries on a funder's accounts, and what they change there" })
  funderId?: string;
  @Id({ optional: true, description: 'Entries on one account, and what they change there' })
  accountId?: string;
  @Id({ optional: true, description: 'Entries of one document: a pledge, a contribution, a payment' })
  documentId?: string;
}

export class DocumentAnswer {
  @Shown({ example: 'contribution' }) kind!: string;
  @ShownId() id!: string;
}

/** What an entry does to each kind of account, positive where the kind's balance grows. */
export class ChangesAnswer implements Record<AccountKind, MoneyAnswer> {
  @ShownMoney() cash!: MoneyAnswer;
  @ShownMoney() fundBalance!: MoneyAnswer;
  @ShownMoney() feesPayable!: MoneyAnswer;
  @ShownMoney({ description: 'A loss is positive' }) exchangeDifference!: MoneyAnswer;
  @ShownMoney() investorCapital!: MoneyAnswer;
  @ShownMoney() investorReturn!: MoneyAnswer;
  @ShownMoney() programmeCost!: MoneyAnswer;
  @ShownMoney() bondProceeds!: MoneyAnswer;
  @ShownMoney() pledgesReceivable!: MoneyAnswer;
  @ShownMoney() pledgedFunds!: MoneyAnswer;
  @ShownMoney() committedToGrants!: MoneyAnswer;
  @ShownMoney() grantsOutstanding!: MoneyAnswer;
  @ShownMoney() outcomePaymentsReceivable!: MoneyAnswer;
  @ShownMoney() expectedOutcomeIncome!: MoneyAnswer;
}

export class EntryAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @Shown({ example: 'contribution.received' }) kind!: string;
  @Shown() description!: string;
  @ShownDay({ description: 'In the real world' }) occurredOn!: string;
  @ShownInstant({ description: 'When we learned of it' }) recordedAt!: string;
  @Shown({ description: 'The person or the job that made it' }) recordedBy!: string;
  @ApiProperty({ type: DocumentAnswer, description: 'What it comes from' }) document!: DocumentAnswer;
  @ShownId({ nullable: true, description: 'The entry that this one takes back' }) reversesId!: string | null;
  @ShownId({ nullable: true, description: 'The entry that takes this one back' }) reversedById!:
    string | null;
  @ApiProperty({ type: ChangesAnswer }) changes!: ChangesAnswer;
}

/** An account by what it is for; `subject` is the funder, pledge, grant or host that has it. */
export class NamedAccountAnswer {
  @ShownId() id!: string;
  @Shown({ enum: ['actual', 'commitment'] }) book!: string;
  @Shown({ enum: kinds }) kind!: string;
  @Shown({ example: 'Fund balance' }) name!: string;
  @ShownId() subjectId!: string;
  @Shown({ type: String, nullable: true, example: 'North River Trust' }) subject!: string | null;
  @ShownId({ nullable: true }) earmarkGoalId!: string | null;
  @Shown({ type: String, nullable: true }) earmark!: string | null;
}

export class PostingAnswer {
  @ApiProperty({ type: NamedAccountAnswer }) account!: NamedAccountAnswer;
  @ShownMoney() debit!: MoneyAnswer;
  @ShownMoney() credit!: MoneyAnswer;
}

export class EntryWithPostingsAnswer extends EntryAnswer {
  @Shown({ description: 'The same event posted twice is posted once' }) idempotencyKey!: string;
  @ApiProperty({ type: [PostingAnswer] }) postings!: PostingAnswer[];
}

export class AccountAnswer extends NamedAccountAnswer {
  @ShownMoney({ description: 'The balance, where it is a debit' }) debit!: MoneyAnswer;
  @ShownMoney({ description: 'The balance, where it is a credit' }) credit!: MoneyAnswer;
}

/** Which period a trial balance is of. */
export class MovementsQuery {
  @CalendarDay({ optional: true, description: 'Absent is since the pool began' }) from?: Day;
  @CalendarDay({ optional: true, description: 'Absent is today' }) to?: Day;
  @Instant({ optional: true, description: 'What was recorded later does not count; absent is now' })
  asOf?: string;
  @Choice(['occurred', 'recorded'], {
    optional: true,
    description: 'By the day it happened, or was recorded',
  })
  basis?: 'occurred' | 'recorded';
}

/** What a period did to an account. */
export class AccountMovementAnswer extends NamedAccountAnswer {
  @ShownMoney({ description: 'Before the period: a debit is positive' }) opening!: MoneyAnswer;
  @ShownMoney() debit!: MoneyAnswer;
  @ShownMoney() credit!: MoneyAnswer;
  @ShownMoney({ description: 'At its end: a debit is positive' }) closing!: MoneyAnswer;
}

/** Every account that has moved by the end of the period. */
export class TrialBalanceOfPeriodAnswer {
  @ApiProperty({ type: [AccountMovementAnswer] }) items!: AccountMovementAnswer[];
  @Shown({ type: String, nullable: true, description: 'Always null: the accounts come whole' }) nextCursor!:
    string | null;
  @Shown({ type: 'integer' }) total!: number;
  @ShownDay({ nullable: true }) from!: string | null;
  @ShownDay() to!: string;
  @ShownInstant() asOf!: string;
}

/** The two sides of a book: always equal. */
export class BookTotalAnswer {
  @Shown({ enum: ['actual', 'commitment'] }) book!: string;
  @ShownMoney() debit!: MoneyAnswer;
  @ShownMoney() credit!: MoneyAnswer;
}

/** Every account of a pool with its balance, and what each book adds up to. */
export class TrialBalanceAnswer {
  @ApiProperty({ type: [AccountAnswer] }) items!: AccountAnswer[];
  @Shown({ type: String, nullable: true, description: 'Always null: the accounts come whole' }) nextCursor!:
    string | null;
  @Shown({ type: 'integer' }) total!: number;
  @ApiProperty({ type: [BookTotalAnswer] }) books!: BookTotalAnswer[];
}

const changesAnswer = (changes: Changes, currency: string): ChangesAnswer =>
  Object.fromEntries(kinds.map((kind) => [kind, moneyAnswer(changes[kind], currency)])) as Record<
    AccountKind,
    MoneyAnswer
  >;

export function toEntryAnswer({
  currency,
  documentKind,
  documentId,
  recordedAt,
  coalitionId: _,
  ...entry
}: EntryRow): EntryAnswer {
  const { id, poolId, kind, description, occurredOn, recordedBy, reversesId, reversedById } = entry;
  return {
    ...{ id, poolId, kind, description, occurredOn, recordedBy, reversesId, reversedById },
    recordedAt: recordedAt.toISOString(),
    document: { kind: documentKind, id: documentId },
    changes: changesAnswer(entry, currency),
  };
}

export const toEntryWithPostings = (entry: Entry): EntryWithPostingsAnswer => ({
  ...toEntryAnswer(entry),
  idempotencyKey: entry.idempotencyKey,
  postings: entry.postings.map(({ amount, account }: PostingRow) => ({
    account: toNamedAccount(account),
    ...sides(amount, account.currency),
  })),
});

export function toNamedAccount(account: PostingRow['account']): NamedAccountAnswer {
  const { id, book, kind, subjectId, subject, earmarkId, earmark } = account;
  const { name } = accountKinds[kind];
  return { ...{ id, book, kind, name, subjectId, subject, earmark }, earmarkGoalId: earmarkId };
}

export const toAccountAnswer = (account: AccountRow): AccountAnswer => ({
  ...toNamedAccount(account),
  ...sides(account.balance, account.currency),
});

/** A signed amount as a debit or a credit. */
export const sides = (amount: bigint, currency: string): { debit: MoneyAnswer; credit: MoneyAnswer } => ({
  debit: moneyAnswer(amount > 0n ? amount : 0n, currency),
  credit: moneyAnswer(amount < 0n ? -amount : 0n, currency),
});

export const toBookTotal = ({ book, currency, debit, credit }: BookTotal): BookTotalAnswer => ({
  book,
  debit: moneyAnswer(debit, currency),
  credit: moneyAnswer(credit, currency),
});

export const toAccountMovement = (account: AccountMovement): AccountMovementAnswer => ({
  ...toNamedAccount(account),
  opening: moneyAnswer(account.opening, account.currency),
  debit: moneyAnswer(account.debit, account.currency),
  credit: moneyAnswer(account.credit, account.currency),
  closing: moneyAnswer(account.closing, account.currency),
});
