import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../database/columns.js';

/** A browser in which somebody is signed in. */
@Entity('sessions')
export class SessionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  /** Seal of the cookie's token, made with SESSION_SECRET: the table alone opens nothing. */
  @Column({ type: 'text' })
  tokenHash!: string;

  @Column({ type: 'uuid' })
  personId!: string;

  /** What every form of this session carries. */
  @Column({ type: 'text' })
  csrfToken!: string;

  @Column(instant)
  createdAt!: Date;

  /** To the minute. */
  @Column(instant)
  lastSeenAt!: Date;

  @Column(instant)
  expiresAt!: Date;

  @Column({ type: 'text', nullable: true })
  userAgent!: string | null;
}
