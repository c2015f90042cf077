import { Column, Entity, PrimaryColumn } from 'typeorm';
import { day, instant, money, optional } from '../../../platform/database/columns.js';
import type { PaymentState } from '../bond-payment.js';

/** Working capital that the provider of a bond is paid. Minor units. */
@Entity('provider_advances')
export class ProviderAdvanceEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  bondId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column(money)
  amount!: bigint;

  @Column({ type: 'text' })
  currency!: string;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'text' })
  state!: PaymentState;

  @Column({ type: 'uuid' })
  approvalId!: string;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;

  @Column(optional({ type: 'text' }))
  bankReference!: string | null;

  @Column(optional(day))
  paidOn!: string | null;

  @Column(optional({ type: 'uuid' }))
  paidBy!: string | null;

  @Column(optional({ type: 'uuid' }))
  entryId!: string | null;
}
