import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../maths/day.js';
import { day, instant, optional } from '../platform/database/columns.js';

/** Something that an organisation does over time, and what it brings about. Goals are apart from it. */
@Entity('activities')
export class ActivityEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  organisationId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  description!: string;

  /** What it brings about for people. */
  @Column({ type: 'text' })
  outcome!: string;

  @Column(day)
  sinceOn!: Day;

  /** The last day. */
  @Column(optional(day))
  untilOn!: Day | null;

  @Column({ type: 'uuid', nullable: true })
  addedBy!: string | null;

  @Column(instant)
  addedAt!: Date;

  @Column({ type: 'integer' })
  version!: number;
}
