import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, money, optional } from '../../platform/database/columns.js';
import type { ClosingStep } from './closing.rules.js';

export type ClosureState = 'asked' | 'done' | 'rejected';

/** A step by which a grant ends: first the work, then the money. Minor units of the grant's currency. */
@Entity('grant_closures')
export class GrantClosureEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  grantId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'text' })
  step!: ClosingStep;

  @Column({ type: 'text' })
  state!: ClosureState;

  @Column({ type: 'text' })
  reason!: string;

  @Column(day)
  closedOn!: Day;

  @Column({ type: 'text' })
  currency!: string;

  /** The accepted report that it relies on. */
  @Column({ type: 'uuid', nullable: true })
  reportId!: string | null;

  @Column(optional(money))
  awardBefore!: bigint | null;

  @Column(optional(money))
  awardAfter!: bigint | null;

  @Column(optional(day))
  endOnBefore!: Day | null;

  @Column(optional(day))
  endOnAfter!: Day | null;

  @Column({ type: 'uuid', nullable: true })
  entryId!: string | null;

  @Column(optional(money))
  paid!: bigint | null;

  @Column(optional(money))
  returned!: bigint | null;

  /** Unspent, and stays with the partner. */
  @Column(optional(money))
  carriedOver!: bigint | null;

  @Column({ type: 'uuid', nullable: true })
  approvalId!: string | null;

  @Column({ type: 'uuid' })
  askedBy!: string;

  @Column(instant)
  askedAt!: Date;

  @Column({ type: 'uuid', nullable: true })
  decidedBy!: string | null;

  @Column(optional(instant))
  decidedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  decidedReason!: string | null;

  @Column({ type: 'integer' })
  version!: number;
}
