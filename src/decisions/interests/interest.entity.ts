import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, optional } from '../../platform/database/columns.js';

/** A line of the conflict register: what somebody has to do with an organisation besides their seat. */
@Entity('interests')
export class InterestEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  personId!: string;

  @Column({ type: 'uuid' })
  organisationId!: string;

  /** "I sit on its board." */
  @Column({ type: 'text' })
  nature!: string;

  @Column(day)
  sinceOn!: Day;

  @Column(optional(day))
  untilOn!: Day | null;

  @Column({ type: 'uuid', nullable: true })
  declaredBy!: string | null;

  @Column(instant)
  declaredAt!: Date;
}
