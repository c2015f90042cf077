import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, optional } from '../../platform/database/columns.js';

/** A request to move a pool’s lock back, used once, when another person has approved it. */
@Entity('period_unlocks')
export class PeriodUnlockEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column(optional(day))
  lockedThrough!: Day | null;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'uuid' })
  approvalId!: string;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;

  @Column(optional(instant))
  usedAt!: Date | null;
}
