import { Column, Entity, PrimaryColumn } from 'typeorm';
import { day, instant, money, optional } from '../../../platform/database/columns.js';

/** What came of a call. Minor units of the pool’s currency. */
@Entity('drawdown_receipts')
export class DrawdownReceiptEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  callId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column(money)
  amount!: bigint;

  @Column({ type: 'text' })
  currency!: string;

  @Column(day)
  receivedOn!: string;

  @Column({ type: 'text' })
  bankReference!: string;

  @Column({ type: 'uuid' })
  entryId!: string;

  @Column(optional({ type: 'uuid' }))
  recordedBy!: string | null;

  @Column(instant)
  recordedAt!: Date;

  @Column(optional({ type: 'uuid' }))
  reversedBy!: string | null;

  @Column(optional(instant))
  reversedAt!: Date | null;

  @Column(optional({ type: 'text' }))
  reversalReason!: string | null;
}
