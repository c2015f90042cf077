import { Column, Entity, PrimaryColumn } from 'typeorm';
import { day, instant, optional } from '../../platform/database/columns.js';
import type { SubstitutePayer, SuspensionState } from './suspension.rules.js';

/** A window in which a bond pays by a schedule, not by outcomes. */
@Entity('bond_suspensions')
export class BondSuspensionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  bondId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column(day)
  fromOn!: string;

  @Column(day)
  toOn!: string;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'jsonb' })
  payers!: SubstitutePayer[];

  @Column({ type: 'text' })
  state!: SuspensionState;

  @Column(optional({ type: 'uuid' }))
  approvalId!: string | null;

  @Column({ type: 'uuid' })
  askedBy!: string;

  @Column(instant)
  askedAt!: Date;

  @Column(optional({ type: 'uuid' }))
  decidedBy!: string | null;

  @Column(optional(instant))
  decidedAt!: Date | null;
}
