import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, money, optional } from '../../platform/database/columns.js';

/** A funder's promise to a pool. */
@Entity('pledges')
export class PledgeEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'uuid' })
  funderId!: string;

  @Column({ type: 'text' })
  reference!: string;

  @Column({ type: 'text' })
  currency!: string;

  @Column(money)
  amount!: bigint;

  /** Units of the pool's currency for one of the pledge's; null where they are the same. */
  @Column({ type: 'numeric', nullable: true })
  planningRate!: string | null;

  /** The same between minor units; 1 where the currencies are the same. */
  @Column({ type: 'numeric' })
  planningFactor!: string;

  @Column({ type: 'uuid', nullable: true })
  earmarkGoalId!: string | null;

  @Column({ type: 'uuid', nullable: true })
  earmarkGrantId!: string | null;

  @Column({ type: 'text' })
  state!: 'draft' | 'signed' | 'fulfilled' | 'cancelled' | 'writtenOff';

  @Column(optional(day))
  signedOn!: Day | null;

  @Column({ type: 'uuid', nullable: true })
  createdBy!: string | null;

  @Column(instant)
  createdAt!: Date;

  @Column({ type: 'integer' })
  version!: number;
}
