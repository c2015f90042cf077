import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../maths/day.js';
import { day, money, optional } from '../platform/database/columns.js';
import type { HoldReason, InstalmentState } from './instalment.rules.js';
import type { TriggerUnit } from './triggers/trigger.rules.js';

/** A dated slice of a grant. */
@Entity('instalments')
export class InstalmentEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  grantId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'integer' })
  number!: number;

  /** Before the business-day rule moved it. */
  @Column(day)
  nominalOn!: Day;

  /** Null while it waits for what it falls due after. */
  @Column(optional(day))
  dueOn!: Day | null;

  /** What it falls due after; null beside a unit is the award itself. */
  @Column({ type: 'uuid', nullable: true })
  afterConditionId!: string | null;

  @Column({ type: 'integer', nullable: true })
  afterCount!: number | null;

  @Column({ type: 'text', nullable: true })
  afterUnit!: TriggerUnit | null;

  /** The latest day on which it is expected; the day agreed while it has no other. */
  @Column(optional(day))
  expectedOn!: Day | null;

  /** What is paid, uplift included. */
  @Column(money)
  amount!: bigint;

  @Column(money)
  uplift!: bigint;

  @Column({ type: 'text' })
  state!: InstalmentState;

  /** Empty unless it is held. */
  @Column({ type: 'jsonb' })
  holdReasons!: HoldReason[];

  @Column({ type: 'integer' })
  version!: number;
}
