import { Shown, ShownDay, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import type { BankAccount } from './bank-accounts.read.js';

export const standings = ['proposed', 'coolingOff', 'inUse', 'replaced', 'rejected', 'stopped'] as const;

/** An account as it is typed. In the United Kingdom a sort code, an account number and the BIC do instead of an IBAN. */
export class TypedBankAccount {
  @Text({ max: 70, example: 'Stream Youth Work', description: 'As the bank knows its holder' })
  accountName!: string;
  @Text({ optional: true, max: 42, example: 'GB82 WEST 1234 5698 7654 32' }) iban?: string;
  @Text({ optional: true, max: 11, example: 'WESTGB2L' }) bic?: string;
}

/** Proposes where a payee is paid from now on. */
export class ProposeBankAccount extends TypedBankAccount {
  @Text({ optional: true, max: 8, example: '60-16-13', description: 'With an account number and a BIC' })
  sortCode?: string;
  @Text({ optional: true, max: 10, example: '31926819' }) accountNumber?: string;
  @Text({ max: 500, example: 'They changed their bank; confirmed by telephone with Ms Ortiz' })
  reason!: string;
}

export class StopBankAccount {
  @Text({ max: 500, example: 'The payee did not ask for this change' }) reason!: string;
}

export class BankAccountQuery extends ListQuery {}

export class BankAccountAnswer {
  @ShownId() id!: string;
  @ShownId() organisationId!: string;
  @Shown() organisation!: string;
  @Shown() accountName!: string;
  @Shown({
    example: 'GB82 •••• 5432',
    description: 'In full for those who pay and approve, masked for others',
  })
  iban!: string;
  @Shown({ type: String, nullable: true }) bic!: string | null;
  @Shown({ enum: standings, description: 'What it is today' }) standing!: string;
  @ShownDay({ nullable: true, description: 'The first day on which it may be paid to' })
  usableFrom!: string | null;
  @Shown({ description: 'Why it was proposed' }) reason!: string;
  @ShownId() approvalId!: string;
  @Shown({ description: 'Who proposed it' }) madeBy!: string;
  @ShownInstant() madeAt!: string;
  @ShownDay({ nullable: true }) stoppedOn!: string | null;
  @Shown({ type: String, nullable: true }) stopReason!: string | null;
}

export const toBankAccountAnswer = (account: BankAccount): BankAccountAnswer => ({
  id: account.id,
  organisationId: account.organisationId,
  organisation: account.organisation,
  accountName: account.name,
  iban: account.iban,
  bic: account.bic,
  standing: account.standing,
  usableFrom: account.usableFrom,
  reason: account.reason,
  approvalId: account.approvalId,
  madeBy: account.madeBy,
  madeAt: account.madeAt.toISOString(),
  stoppedOn: account.stoppedOn,
  stopReason: account.stopReason,
});
