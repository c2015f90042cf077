import { Column, Entity, PrimaryColumn } from 'typeorm';
import { day, instant, money, optional } from '../../../platform/database/columns.js';
import type { CallKind } from './drawdown.rules.js';

/** What one investor of a bond, or its guarantor, is asked to pay by a day. Minor units. */
@Entity('drawdown_calls')
export class DrawdownCallEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  bondId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'uuid' })
  partyId!: string;

  @Column({ type: 'integer' })
  number!: number;

  @Column({ type: 'text' })
  kind!: CallKind;

  @Column(money)
  amount!: bigint;

  @Column(money)
  received!: bigint;

  @Column({ type: 'text' })
  currency!: string;

  @Column(day)
  calledOn!: string;

  @Column(day)
  dueOn!: string;

  @Column({ type: 'text' })
  reason!: string;

  @Column(optional({ type: 'jsonb' }))
  working!: Record<string, unknown> | null;

  @Column({ type: 'uuid' })
  calledBy!: string;

  @Column(instant)
  calledAt!: Date;

  @Column(optional({ type: 'uuid' }))
  cancelledBy!: string | null;

  @Column(optional(instant))
  cancelledAt!: Date | null;

  @Column(optional({ type: 'text' }))
  cancelReason!: string | null;
}
