import { Shown, ShownId, ShownInstant } from '../platform/http/answers.js';
import { Choice } from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';

export const invitationStates = ['open', 'accepted', 'expired', 'revoked'] as const;
export type InvitationState = (typeof invitationStates)[number];

export class InvitationsQuery extends ListQuery {
  @Choice(invitationStates, { optional: true })
  state?: InvitationState;
}

export class InvitationAnswer {
  @ShownId()
  id!: string;

  @ShownId()
  coalitionId!: string;

  @ShownId()
  personId!: string;

  @Shown({ example: 'Ana Duarte' })
  name!: string;

  @Shown({ format: 'email', example: 'ana@example.org' })
  email!: string;

  @Shown({ enum: invitationStates })
  state!: InvitationState;

  @ShownInstant()
  createdAt!: Date;

  @ShownInstant({ description: 'Until when its link works' })
  expiresAt!: Date;
}
