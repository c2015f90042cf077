import { Column, Entity, PrimaryColumn } from 'typeorm';
import { day, instant, money, optional } from '../../../platform/database/columns.js';
import type { ClosingState, KeptClosing } from './closing.rules.js';

/** How a bond ends: what is left over and whose it is, and what is lost. Minor units. */
@Entity('bond_closings')
export class BondClosingEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  bondId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column(day)
  closedOn!: string;

  @Column({ type: 'text' })
  reason!: string;

  @Column(money)
  surplus!: bigint;

  @Column(money)
  lost!: bigint;

  @Column({ type: 'text' })
  currency!: string;

  @Column({ type: 'jsonb' })
  working!: KeptClosing;

  @Column({ type: 'text' })
  state!: ClosingState;

  @Column({ type: 'uuid' })
  approvalId!: string;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;

  @Column(optional({ type: 'uuid' }))
  entryId!: string | null;
}
