import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optional } from '../database/columns.js';
import type { Rhythm } from './digests.js';

/**
 * What becomes of a mail. `uncertain`: handed over, and nobody knows whether it arrived; never repeated blindly.
 * `waiting`: for a digest, which makes it `digested`. `inbox`: its reader wants no mail of such. `withdrawn`: what it
 * asks for was done before it left.
 */
export const mailStates = [
  ...(['queued', 'sending', 'sent', 'kept', 'uncertain', 'failed'] as const),
  ...(['waiting', 'digested', 'inbox', 'withdrawn'] as const),
] as const;
export type MailState = (typeof mailStates)[number];

/** One mail to one address: one for each cause, for ever. */
@Entity('mail_messages')
export class MailMessageEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  /** Null for what belongs to the installation, and for what holds a secret link. */
  @Column({ type: 'uuid', nullable: true })
  coalitionId!: string | null;

  @Column({ type: 'uuid', nullable: true })
  personId!: string | null;

  @Column({ type: 'text' })
  toAddress!: string;

  /** What kind of letter it is, such as `account.invitation`. */
  @Column({ type: 'text' })
  template!: string;

  @Column({ type: 'text' })
  subject!: string;

  @Column({ type: 'text' })
  textBody!: string;

  @Column({ type: 'text' })
  htmlBody!: string;

  @Column({ type: 'text' })
  causeKind!: string;

  @Column({ type: 'uuid' })
  causeId!: string;

  @Column({ type: 'text' })
  causeKey!: string;

  /** The subjects it tells of: that of its cause, or several in one letter. */
  @Column({ type: 'uuid', array: true })
  about!: string[];

  /** Those of them that were done before it left. */
  @Column({ type: 'uuid', array: true })
  done!: string[];

  @Column({ type: 'text' })
  state!: MailState;

  @Column({ type: 'integer' })
  attempts!: number;

  /** While it is on its way: when its carrier is taken for gone. */
  @Column(optional(instant))
  leaseUntil!: Date | null;

  @Column(optional(instant))
  retryAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  lastError!: string | null;

  @Column(instant)
  createdAt!: Date;

  @Column(optional(instant))
  sentAt!: Date | null;

  /** Which digest it waits for, or waited for. */
  @Column({ type: 'text', nullable: true })
  digest!: Rhythm | null;

  /** The digest that told of it. */
  @Column({ type: 'uuid', nullable: true })
  digestId!: string | null;

  /** When what it asks for was done: from then on it is not tried again. */
  @Column(optional(instant))
  calledOffAt!: Date | null;

  /** When its reader saw it in their inbox, or said that they have. */
  @Column(optional(instant))
  readAt!: Date | null;
}
