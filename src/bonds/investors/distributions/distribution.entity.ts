import { Column, Entity, PrimaryColumn } from 'typeorm';
import { day, instant, money, optional } from '../../../platform/database/columns.js';
import type { PaymentState } from '../bond-payment.js';
import type { DistributionSource } from './distribution.rules.js';
import type { KeptWorking } from './kept-working.js';

/** What a bond pays its investors by its terms, with the fee and the provider’s share. Minor units. */
@Entity('distributions')
export class DistributionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  bondId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'text' })
  source!: DistributionSource;

  @Column(day)
  asOf!: string;

  @Column(money)
  available!: bigint;

  @Column(money)
  amount!: bigint;

  @Column(money)
  forPool!: bigint;

  @Column(money)
  remaining!: bigint;

  @Column(money)
  fee!: bigint;

  @Column(money)
  forProvider!: bigint;

  @Column({ type: 'text' })
  currency!: string;

  @Column({ type: 'jsonb' })
  working!: KeptWorking;

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
