import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, money, optional } from '../../platform/database/columns.js';
import type { RefundState } from './refund.rules.js';

/** Money given back to the funders of a pool. Minor units of its currency. */
@Entity('refunds')
export class RefundEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column(money)
  amount!: bigint;

  @Column({ type: 'text' })
  currency!: string;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'text' })
  state!: RefundState;

  @Column({ type: 'uuid' })
  approvalId!: string;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;

  @Column(optional({ type: 'text' }))
  bankReference!: string | null;

  @Column(optional({ type: 'date' }))
  paidOn!: string | null;

  @Column(optional({ type: 'uuid' }))
  paidBy!: string | null;

  @Column(optional({ type: 'uuid' }))
  entryId!: string | null;
}
