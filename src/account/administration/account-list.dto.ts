import { Shown, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { Choice, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import type { AccountView } from './accounts.service.js';

/** `lapsed`: invited, and the link is over. */
export const accountStates = ['active', 'invited', 'lapsed'] as const;
export type AccountState = (typeof accountStates)[number];

export class AccountQuery extends ListQuery {
  @Text({ optional: true, max: 100, description: 'A part of the name or the e-mail address' })
  person?: string;

  @Choice(accountStates, { optional: true })
  state?: AccountState;

  @Choice(['true', 'false'], { optional: true, description: 'Administers the installation' })
  administrator?: string;
}

export class PersonAccountAnswer {
  @ShownId()
  id!: string;

  @Shown({ example: 'Ana Duarte' })
  name!: string;

  @Shown({ format: 'email', example: 'ana@example.org' })
  email!: string;

  @Shown()
  isAdministrator!: boolean;

  @Shown({ enum: accountStates })
  state!: AccountState;

  @ShownInstant()
  createdAt!: string;

  @ShownInstant({ nullable: true })
  lastSeenAt!: string | null;
}

export const toPersonAccountAnswer = ({
  createdAt,
  lastSeenAt,
  ...account
}: AccountView): PersonAccountAnswer => ({
  ...account,
  createdAt: createdAt.toISOString(),
  lastSeenAt: lastSeenAt?.toISOString() ?? null,
});
