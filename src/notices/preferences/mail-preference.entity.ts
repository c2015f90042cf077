import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../platform/database/columns.js';
import type { MailDelivery, MailTopic } from '../../platform/mail/letter-kinds.js';

/** How a person wants to hear of a topic. Without a row they hear of it at once. */
@Entity('mail_preferences')
export class MailPreferenceEntity {
  @PrimaryColumn({ type: 'uuid' })
  personId!: string;

  @PrimaryColumn({ type: 'text' })
  topic!: MailTopic;

  @Column({ type: 'text' })
  delivery!: MailDelivery;

  @Column(instant)
  changedAt!: Date;
}
