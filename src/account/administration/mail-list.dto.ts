import { Shown, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { CalendarDay, Choice, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import type { Day } from '../../maths/day.js';
import { type MailState, mailStates } from '../../platform/mail/mail-message.entity.js';
import type { MailView } from './mails.service.js';

export class MailsQuery extends ListQuery {
  @Choice(mailStates, { optional: true })
  state?: MailState;

  @Text({ optional: true, max: 100, description: 'A part of the reader’s address' })
  to?: string;

  @Text({ optional: true, max: 100, description: 'The kind of letter', example: 'account.invitation' })
  template?: string;

  @CalendarDay({ optional: true, description: 'Written on or after, in UTC' })
  'createdOn.gte'?: Day;

  @CalendarDay({ optional: true, description: 'Written on or before, in UTC' })
  'createdOn.lte'?: Day;
}

export class MailAnswer {
  @ShownId()
  id!: string;

  @Shown({ format: 'email' })
  to!: string;

  @Shown({ example: 'account.invitation', description: 'What kind of letter it is' })
  template!: string;

  @Shown({ type: String, nullable: true, description: 'Null where mails reach their readers' })
  subject!: string | null;

  @Shown({ enum: mailStates })
  state!: MailState;

  @Shown({ type: 'integer' })
  attempts!: number;

  @ShownInstant()
  createdAt!: string;

  @ShownInstant({ nullable: true })
  sentAt!: string | null;

  @ShownInstant({ nullable: true })
  retryAt!: string | null;

  @Shown({ type: String, nullable: true, description: 'What the server said' })
  lastError!: string | null;

  @ShownInstant({ nullable: true })
  calledOffAt!: string | null;
}

export const toMailAnswer = ({ createdAt, sentAt, retryAt, calledOffAt, ...mail }: MailView): MailAnswer => ({
  ...mail,
  createdAt: createdAt.toISOString(),
  sentAt: sentAt?.toISOString() ?? null,
  retryAt: retryAt?.toISOString() ?? null,
  calledOffAt: calledOffAt?.toISOString() ?? null,
});
