import { Shown, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { Choice, Id } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import { type MailTopic, mailTopics } from '../../platform/mail/letter-kinds.js';
import { type MailState, mailStates } from '../../platform/mail/mail-message.entity.js';

export class NoticesQuery extends ListQuery {
  @Choice(['unread', 'read'], { optional: true }) state?: 'unread' | 'read';
  @Choice(mailTopics, { optional: true }) topic?: MailTopic;
  @Id({ optional: true, description: 'Of one coalition only' }) coalitionId?: string;
}

export class NoticeAnswer {
  @ShownId() id!: string;
  @ShownId() coalitionId!: string;
  @Shown() coalition!: string;
  @Shown({ enum: mailTopics }) topic!: MailTopic;
  @Shown() subject!: string;
  @ShownInstant() createdAt!: string;
  @ShownInstant({ nullable: true }) readAt!: string | null;
  @Shown({ enum: mailStates, description: 'What became of it as a mail' }) mail!: MailState;
}

export class NoticeTextAnswer extends NoticeAnswer {
  @Shown({ description: 'The letter as plain text' }) text!: string;
}

export class NoticesReadAnswer {
  @Shown({ type: 'integer', description: 'How many were marked as read' }) read!: number;
}
