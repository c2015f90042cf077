import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optional } from '../platform/database/columns.js';
import type { Scope } from '../platform/http/request.js';

/** A token with which a program acts in a person's name. Its text is kept nowhere. */
@Entity('api_tokens')
export class ApiTokenEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  personId!: string;

  @Column({ type: 'text' })
  name!: string;

  /** How the text begins: enough to tell it from others, not to use it. */
  @Column({ type: 'text' })
  prefix!: string;

  /** SHA-256 of the text, hexadecimal. */
  @Column({ type: 'text' })
  tokenHash!: string;

  @Column({ type: 'text', array: true })
  scopes!: Scope[];

  @Column(instant)
  createdAt!: Date;

  @Column(instant)
  expiresAt!: Date;

  /** To the minute. */
  @Column(optional(instant))
  lastUsedAt!: Date | null;

  @Column(optional(instant))
  revokedAt!: Date | null;
}
