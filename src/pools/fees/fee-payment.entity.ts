import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, money, optional } from '../../platform/database/columns.js';
import type { FeePaymentState } from './fee-payment.entries.js';

/** What a pool pays its host of the fees it owes. Minor units of its currency. */
@Entity('fee_payments')
export class FeePaymentEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'uuid' })
  hostId!: string;

  @Column(money)
  amount!: bigint;

  @Column({ type: 'text' })
  currency!: string;

  @Column({ type: 'text' })
  state!: FeePaymentState;

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
