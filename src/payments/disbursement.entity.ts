import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../maths/day.js';
import { day, instant, money, optional } from '../platform/database/columns.js';

/** Cash that is paid out for an instalment, from being asked for to its bank reference. */
@Entity('disbursements')
export class DisbursementEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'uuid' })
  grantId!: string;

  @Column({ type: 'uuid' })
  instalmentId!: string;

  @Column(money)
  amount!: bigint;

  @Column({ type: 'text' })
  currency!: string;

  /** What left the account, where the bank paid in another currency and took more or less than the amount. */
  @Column(optional(money))
  chargedAmount!: bigint | null;

  /** As the payee got it, in another currency. */
  @Column(optional(money))
  paidAmount!: bigint | null;

  @Column({ type: 'text', nullable: true })
  paidCurrency!: string | null;

  /** What the host charged on it, where the pool's fee is on payments; 0 until it is settled. */
  @Column(money)
  fee!: bigint;

  @Column({ type: 'text' })
  state!: string;

  @Column({ type: 'uuid' })
  approvalId!: string;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;

  @Column({ type: 'text', nullable: true })
  bankReference!: string | null;

  @Column(optional(day))
  paidOn!: Day | null;

  @Column({ type: 'uuid', nullable: true })
  settledBy!: string | null;

  @Column({ type: 'uuid', nullable: true })
  entryId!: string | null;

  @Column({ type: 'integer' })
  version!: number;
}
