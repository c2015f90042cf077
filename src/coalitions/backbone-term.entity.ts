import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../maths/day.js';
import { day, optional } from '../platform/database/columns.js';

/** The time in which an organisation serves the coalition as its backbone. */
@Entity('backbone_terms')
export class BackboneTermEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  organisationId!: string;

  @Column(day)
  sinceOn!: Day;

  /** The last day of the term. */
  @Column(optional(day))
  untilOn!: Day | null;
}
