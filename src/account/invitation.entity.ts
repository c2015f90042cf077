import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optional } from '../platform/database/columns.js';

/**
 * A one-time link to choose a password. One with a coalition was caused by its people, and cannot replace a password;
 * one without was asked for by the person or an administrator, and can.
 */
@Entity('invitations')
export class InvitationEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', nullable: true })
  coalitionId!: string | null;

  @Column({ type: 'uuid' })
  personId!: string;

  @Column({ type: 'uuid', nullable: true })
  invitedBy!: string | null;

  /** SHA-256 of the link's secret, hexadecimal. */
  @Column({ type: 'text' })
  tokenHash!: string;

  @Column(instant)
  createdAt!: Date;

  @Column(instant)
  expiresAt!: Date;

  @Column(optional(instant))
  acceptedAt!: Date | null;

  @Column(optional(instant))
  revokedAt!: Date | null;
}
