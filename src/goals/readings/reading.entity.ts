import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, decimal, instant, optional } from '../../platform/database/columns.js';
import type { ReadingVia } from './reading.rules.js';

/** What an indicator or a performance measure was in a period. Append-only: a correction supersedes it, once. */
@Entity('readings')
export class ReadingEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid' }) coalitionId!: string;
  @Column({ type: 'uuid', nullable: true }) indicatorId!: string | null;
  @Column({ type: 'uuid', nullable: true }) measureId!: string | null;
  @Column({ type: 'text' }) periodKey!: string;
  /** The last day of the period. */
  @Column(day) periodTo!: Day;
  /** What it is told apart by, such as Area; empty for the whole. */
  @Column({ type: 'text' }) dimension!: string;
  @Column({ type: 'text' }) category!: string;
  /** Null says that what it supersedes should not have been written. */
  @Column(optional(decimal)) value!: string | null;
  @Column({ type: 'text' }) source!: string;
  @Column({ type: 'text' }) method!: string;
  /** Why it was corrected, or what one should know of it. */
  @Column({ type: 'text' }) note!: string;
  @Column({ type: 'uuid', nullable: true }) supersedesId!: string | null;
  @Column({ type: 'text' }) via!: ReadingVia;
  /** The spend report that it came in. */
  @Column({ type: 'uuid', nullable: true }) spendReportId!: string | null;
  @Column({ type: 'uuid', nullable: true }) recordedBy!: string | null;
  @Column(instant) recordedAt!: Date;
}
