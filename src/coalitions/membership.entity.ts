import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../maths/day.js';
import { day, optional } from '../platform/database/columns.js';
import type { Role } from '../platform/http/request.js';

/**
 * A seat: a role that a person holds between two dates, on behalf of an organisation where that matters. A change
 * of employer ends one and begins another; the person's history stays with them.
 */
@Entity('memberships')
export class MembershipEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  personId!: string;

  @Column({ type: 'text' })
  role!: Role;

  @Column({ type: 'uuid', nullable: true })
  organisationId!: string | null;

  @Column(day)
  sinceOn!: Day;

  /** The last day of the seat. */
  @Column(optional(day))
  untilOn!: Day | null;
}
