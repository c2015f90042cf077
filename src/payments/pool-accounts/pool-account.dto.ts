import { Shown, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import { TypedBankAccount } from '../bank-accounts/bank-account.dto.js';
import { type PoolAccountState, poolAccountStates } from './pool-account.entity.js';
import type { PoolAccount } from './pool-accounts.read.js';

/** Proposes which account a pool pays from. */
export class ProposePoolAccount extends TypedBankAccount {
  @Text({ max: 500, example: 'The host has moved the fund to another bank' }) reason!: string;
}

export class PoolAccountQuery extends ListQuery {}

export class PoolAccountAnswer {
  @ShownId() id!: string;
  @ShownId() poolId!: string;
  @Shown() accountName!: string;
  @Shown({
    example: 'GB82 •••• 5432',
    description: 'In full for those who pay and approve, masked for others',
  })
  iban!: string;
  @Shown({ type: String, nullable: true }) bic!: string | null;
  @Shown({ enum: poolAccountStates }) state!: PoolAccountState;
  @Shown({ description: 'Why it was proposed' }) reason!: string;
  @ShownId({ nullable: true }) approvalId!: string | null;
  @Shown({ description: 'Who proposed it' }) madeBy!: string;
  @ShownInstant() madeAt!: string;
  @ShownInstant({ nullable: true }) approvedAt!: string | null;
}

export const toPoolAccountAnswer = ({
  name,
  madeAt,
  approvedAt,
  coalitionId: _,
  ...account
}: PoolAccount): PoolAccountAnswer => ({
  ...account,
  accountName: name,
  madeAt: madeAt.toISOString(),
  approvedAt: approvedAt?.toISOString() ?? null,
});
