import { Shown, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { Choice, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import { type MailTopic, mailTopics } from '../../platform/mail/letter-kinds.js';
import { type MailState, mailStates } from '../../platform/mail/mail-message.entity.js';

/** `doubtful` are those that a person must look at: uncertain or failed, and still to the point. */
export const letterStandings = ['doubtful', ...mailStates] as const;
export type LetterStanding = (typeof letterStandings)[number];

export class CoalitionLettersQuery extends ListQuery {
  @Choice(letterStandings, { optional: true }) state?: LetterStanding;
  @Choice(mailTopics, { optional: true }) topic?: MailTopic;
  @Text({ optional: true, max: 100, description: 'A part of the reader’s name or address' }) to?: string;
}

export class CoalitionLetterAnswer {
  @ShownId() id!: string;
  @ShownId() coalitionId!: string;
  @Shown({ type: String, nullable: true, description: 'Null where nobody sits here for an organisation' })
  reader!: string | null;
  @Shown({ format: 'email' }) to!: string;
  @Shown({ enum: mailTopics }) topic!: MailTopic;
  @Shown() subject!: string;
  @Shown({ enum: mailStates }) state!: MailState;
  @Shown({ type: 'integer', description: 'How often it was tried' }) attempts!: number;
  @Shown({ type: String, nullable: true, description: 'What the server said' }) lastError!: string | null;
  @ShownInstant() createdAt!: string;
  @ShownInstant({ nullable: true, description: 'When it was seen in the inbox' }) readAt!: string | null;
  @ShownInstant({ nullable: true, description: 'When what it asks for was done' }) calledOffAt!:
    string | null;
}
