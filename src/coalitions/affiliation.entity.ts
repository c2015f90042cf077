import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../maths/day.js';
import { day, instant, optional } from '../platform/database/columns.js';

/** The time in which a person works for an organisation. Their seats are apart, and outlast it. */
@Entity('affiliations')
export class AffiliationEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  personId!: string;

  @Column({ type: 'uuid' })
  organisationId!: string;

  /** "Programme lead"; may be empty. */
  @Column({ type: 'text' })
  position!: string;

  @Column(day)
  sinceOn!: Day;

  /** The last day. */
  @Column(optional(day))
  untilOn!: Day | null;

  @Column({ type: 'uuid', nullable: true })
  recordedBy!: string | null;

  @Column(instant)
  recordedAt!: Date;
}
