import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, optional } from '../../platform/database/columns.js';

/** A time in which a grant is suspended: its instalments wait, whatever their day. */
@Entity('grant_suspensions')
export class GrantSuspensionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  grantId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'text' })
  reason!: string;

  @Column(day)
  suspendedOn!: Day;

  @Column({ type: 'uuid' })
  suspendedBy!: string;

  @Column(instant)
  suspendedAt!: Date;

  /** Where the grant goes back to. */
  @Column({ type: 'text' })
  stateBefore!: 'awarded' | 'active';

  /** Null while it lasts. */
  @Column({ type: 'text', nullable: true })
  outcome!: 'resumed' | 'closed' | null;

  @Column({ type: 'uuid', nullable: true })
  endedBy!: string | null;

  @Column(optional(instant))
  endedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  endedReason!: string | null;
}
