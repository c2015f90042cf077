import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, money, optional } from '../../platform/database/columns.js';

/** Cash received from a funder, and the entry that says so. */
@Entity('contributions')
export class ContributionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'uuid' })
  funderId!: string;

  @Column(money)
  amount!: bigint;

  @Column({ type: 'text' })
  currency!: string;

  /** As the funder paid it, where that was in another currency than the pool's. */
  @Column(optional(money))
  paidAmount!: bigint | null;

  @Column({ type: 'text', nullable: true })
  paidCurrency!: string | null;

  /** The host's charge, taken from the amount. */
  @Column(money)
  fee!: bigint;

  @Column(day)
  receivedOn!: Day;

  @Column({ type: 'text' })
  bankReference!: string;

  @Column({ type: 'uuid', nullable: true })
  earmarkGoalId!: string | null;

  @Column({ type: 'uuid', nullable: true })
  earmarkGrantId!: string | null;

  @Column({ type: 'uuid' })
  entryId!: string;

  @Column({ type: 'uuid', nullable: true })
  recordedBy!: string | null;

  @Column(instant)
  recordedAt!: Date;

  @Column({ type: 'uuid', nullable: true })
  reversedBy!: string | null;

  @Column(optional(instant))
  reversedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  reversalReason!: string | null;
}
