import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../maths/day.js';
import { day, instant } from '../platform/database/columns.js';

/** Something that happened to a pool's money or promises. It is never changed: a mistake is reversed. */
@Entity('journal_entries')
export class JournalEntryEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'text' })
  description!: string;

  /** In the real world. */
  @Column(day)
  occurredOn!: Day;

  /** When we learned of it. */
  @Column(instant)
  recordedAt!: Date;

  @Column({ type: 'text' })
  idempotencyKey!: string;

  @Column({ type: 'text' })
  inputHash!: string;

  @Column({ type: 'uuid', nullable: true })
  personId!: string | null;

  @Column({ type: 'text', nullable: true })
  job!: string | null;

  @Column({ type: 'text' })
  documentKind!: string;

  @Column({ type: 'uuid' })
  documentId!: string;

  @Column({ type: 'uuid', nullable: true })
  reversesId!: string | null;
}
