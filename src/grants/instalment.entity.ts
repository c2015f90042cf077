import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../maths/day.js';
import { day, money } from '../platform/database/columns.js';
import type { HoldReason, InstalmentState } from './instalment.rules.js';

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

  @Column(day)
  dueOn!: Day;

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
