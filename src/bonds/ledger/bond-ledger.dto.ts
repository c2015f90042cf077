import { ApiProperty } from '@nestjs/swagger';
import { type AccountRow } from '../../ledger/accounts.read.js';
import { accountKinds } from '../../ledger/chart-of-accounts.js';
import {
  AccountAnswer,
  DocumentAnswer,
  NamedAccountAnswer,
  sides,
  toAccountAnswer,
  toNamedAccount,
} from '../../ledger/entry.dto.js';
import {
  type MoneyAnswer,
  moneyAnswer,
  Shown,
  ShownDay,
  ShownId,
  ShownInstant,
  ShownMoney,
} from '../../platform/http/answers.js';
import type { BondLedgerLine } from './bond-ledger.read.js';

/** What an entry does to one account of a bond. */
export class BondLedgerLineAnswer {
  @ShownId() id!: string;
  @ShownId() entryId!: string;
  @Shown({ example: 'outcomeInvoice.issued' }) kind!: string;
  @Shown() description!: string;
  @ShownDay({ description: 'In the real world' }) occurredOn!: string;
  @ShownInstant({ description: 'When we learned of it' }) recordedAt!: string;
  @ApiProperty({ type: DocumentAnswer, description: 'What it comes from' }) document!: DocumentAnswer;
  @ShownId({ nullable: true, description: 'The entry that this one takes back' }) reversesId!: string | null;
  @ShownId({ nullable: true, description: 'The entry that takes this one back' }) reversedById!:
    string | null;
  @ApiProperty({ type: NamedAccountAnswer }) account!: NamedAccountAnswer;
  @ShownMoney() debit!: MoneyAnswer;
  @ShownMoney() credit!: MoneyAnswer;
  @ShownMoney({ description: 'Of the account after it, positive on the side where its kind’s balance lies' })
  balance!: MoneyAnswer;
}

/** The accounts of a bond in both books. */
export class BondAccountsAnswer {
  @ApiProperty({ type: [AccountAnswer] }) items!: AccountAnswer[];
  @Shown({ type: String, nullable: true, description: 'Always null: the accounts come whole' }) nextCursor!:
    string | null;
  @Shown({ type: 'integer' }) total!: number;
}

/** A balance with the sign of the side on which balances of the account's kind lie. */
export const onItsSide = ({ kind }: Pick<BondLedgerLine['account'], 'kind'>, balance: bigint): bigint =>
  accountKinds[kind].side === 'debit' ? balance : -balance;

export function toBondLedgerLine(line: BondLedgerLine): BondLedgerLineAnswer {
  const { id, entryId, kind, description, occurredOn, recordedAt, reversesId, reversedById, account } = line;
  return {
    ...{ id, entryId, kind, description, occurredOn, reversesId, reversedById },
    recordedAt: recordedAt.toISOString(),
    document: { kind: line.documentKind, id: line.documentId },
    account: toNamedAccount(account),
    ...sides(line.amount, account.currency),
    balance: moneyAnswer(onItsSide(account, line.balance), account.currency),
  };
}

export const toBondAccounts = (accounts: readonly AccountRow[]): BondAccountsAnswer => ({
  items: accounts.map(toAccountAnswer),
  nextCursor: null,
  total: accounts.length,
});
