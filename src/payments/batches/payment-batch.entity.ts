import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, money, optional } from '../../platform/database/columns.js';
import type { BatchState } from './batch.rules.js';

/** Approved payments of one pool that the bank is to make on one day. */
@Entity('payment_batches')
export class PaymentBatchEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  /** 1 for the first of its pool. */
  @Column({ type: 'integer' })
  number!: number;

  @Column(day)
  executionOn!: Day;

  @Column({ type: 'text' })
  currency!: string;

  /** The control sum: what its lines come to. */
  @Column(money)
  total!: bigint;

  @Column({ type: 'text' })
  debtorName!: string;

  @Column({ type: 'text' })
  debtorIban!: string;

  @Column({ type: 'text', nullable: true })
  debtorBic!: string | null;

  @Column({ type: 'text' })
  state!: BatchState;

  @Column({ type: 'uuid' })
  approvalId!: string;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;

  @Column(optional(instant))
  releasedAt!: Date | null;

  @Column(optional(instant))
  sentAt!: Date | null;

  @Column({ type: 'uuid', nullable: true })
  sentBy!: string | null;

  @Column(optional(instant))
  endedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  withdrawReason!: string | null;

  @Column({ type: 'integer' })
  version!: number;
}
