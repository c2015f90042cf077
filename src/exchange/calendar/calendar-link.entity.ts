import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optional } from '../../platform/database/columns.js';

/** A private link to a person's dates. Its secret is kept nowhere. */
@Entity('calendar_links')
export class CalendarLinkEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  personId!: string;

  /** Which calendar reads it: "Phone". */
  @Column({ type: 'text' })
  name!: string;

  /** SHA-256 of the secret, hexadecimal. */
  @Column({ type: 'text' })
  secretHash!: string;

  @Column(instant)
  createdAt!: Date;

  /** To the minute. */
  @Column(optional(instant))
  lastUsedAt!: Date | null;

  @Column(optional(instant))
  revokedAt!: Date | null;
}
