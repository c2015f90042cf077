import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, optional } from '../../platform/database/columns.js';

/** A note of action and reflection, as it stands: what it said before is in its versions. */
@Entity('learning_entries')
export class LearningEntryEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid' }) coalitionId!: string;
  @Column({ type: 'text' }) title!: string;
  /** What we did. */
  @Column({ type: 'text' }) action!: string;
  /** What we saw. */
  @Column({ type: 'text' }) observation!: string;
  /** What we make of it. */
  @Column({ type: 'text' }) reflection!: string;
  /** What we do next. */
  @Column({ type: 'text' }) nextStep!: string;
  @Column(day) happenedOn!: Day;
  @Column({ type: 'text', array: true }) tags!: string[];
  @Column({ type: 'uuid' }) authorId!: string;
  @Column(instant) writtenAt!: Date;
  @Column({ type: 'uuid', nullable: true }) withdrawnBy!: string | null;
  @Column(optional(instant)) withdrawnAt!: Date | null;
  @Column({ type: 'text', nullable: true }) withdrawnReason!: string | null;
  @Column({ type: 'integer' }) version!: number;
  /** The stems of all its words; the database keeps it. */
  @Column({ type: 'tsvector', select: false, insert: false, update: false }) search!: string;
}
