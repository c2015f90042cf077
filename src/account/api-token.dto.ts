import { Shown, ShownId, ShownInstant } from '../platform/http/answers.js';
import { Choice, Choices, Integer, Text } from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';
import type { Scope } from '../platform/http/request.js';

export const scopes: Scope[] = ['read', 'write'];
const states = ['living', 'expired', 'revoked'] as const;

/** A token for a program that acts in one's name. */
export class MakeApiToken {
  @Text({ max: 80, description: 'What it is for', example: 'Monthly export' })
  name!: string;

  @Choices(scopes, { description: 'What it may do', example: ['read'] })
  scopes!: Scope[];

  @Integer(1, 365, { description: 'Days until it is over', example: 90 })
  expiresInDays!: number;
}

export class ApiTokensQuery extends ListQuery {
  @Choice(states, { optional: true })
  state?: ApiTokenState;
}

export type ApiTokenState = (typeof states)[number];

export class ApiTokenAnswer {
  @ShownId()
  id!: string;

  @Shown({ example: 'Monthly export' })
  name!: string;

  @Shown({ example: 'trb_Ab3dE9', description: 'How the token begins, to tell it from others' })
  prefix!: string;

  @Shown({ enum: scopes, isArray: true })
  scopes!: Scope[];

  @Shown({ enum: states })
  state!: ApiTokenState;

  @ShownInstant()
  createdAt!: Date;

  @ShownInstant()
  expiresAt!: Date;

  @ShownInstant({ nullable: true, description: 'To the minute' })
  lastUsedAt!: Date | null;

  @ShownInstant({ nullable: true })
  revokedAt!: Date | null;
}

/** The only answer that holds the token itself. */
export class NewApiTokenAnswer extends ApiTokenAnswer {
  @Shown({ example: 'trb_Ab3dE9…', description: 'Shown this once: keep it where secrets are kept' })
  token!: string;
}
