import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApprovalTier } from './approvals/approval-tiers.js';
import type { AttributionRule } from '../maths/attribution.js';
import type { FeeMoment } from './fees/fee.rules.js';
import type { Day } from '../maths/day.js';
import { day, instant, money, optional } from '../platform/database/columns.js';

/** One pot of money of a coalition, in one currency, with its policies declared. */
@Entity('pools')
export class PoolEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  currency!: string;

  @Column({ type: 'text' })
  attributionRule!: AttributionRule;

  @Column({ type: 'text' })
  refundPolicy!: 'none' | 'pro_rata';

  @Column(money)
  reserve!: bigint;

  @Column({ type: 'integer' })
  confidenceBasisPoints!: number;

  @Column({ type: 'integer' })
  feeBasisPoints!: number;

  /** The host charges on what is received, or on what is paid out. */
  @Column({ type: 'text' })
  feeOn!: FeeMoment;

  @Column(money)
  feeMinimum!: bigint;

  @Column(optional(money))
  feeCap!: bigint | null;

  @Column({ type: 'uuid', nullable: true })
  feeHostId!: string | null;

  /** How many must approve, by amount. */
  @Column({ type: 'jsonb' })
  approvalTiers!: ApprovalTier[];

  @Column(optional(day))
  lockedThrough!: Day | null;

  /** Of what a report was made as of: what is done later is recorded after it. */
  @Column(optional(instant))
  reportedThrough!: Date | null;

  @Column(instant)
  createdAt!: Date;

  @Column({ type: 'integer' })
  version!: number;
}
