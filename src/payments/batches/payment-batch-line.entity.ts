import { Column, Entity, PrimaryColumn } from 'typeorm';
import { money } from '../../platform/database/columns.js';

/** One payment in a batch: the account it goes to, as it was when the batch was made. Never changed. */
@Entity('payment_batch_lines')
export class PaymentBatchLineEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  batchId!: string;

  @Column({ type: 'uuid' })
  disbursementId!: string;

  @Column({ type: 'integer' })
  number!: number;

  @Column(money)
  amount!: bigint;

  @Column({ type: 'uuid' })
  accountId!: string;

  @Column({ type: 'text' })
  creditorName!: string;

  @Column({ type: 'text' })
  creditorIban!: string;

  @Column({ type: 'text', nullable: true })
  creditorBic!: string | null;

  @Column({ type: 'text' })
  remittance!: string;

  @Column({ type: 'text' })
  endToEndId!: string;

  /** Until its batch is withdrawn; a payment lives in one batch at most. */
  @Column({ type: 'boolean' })
  living!: boolean;
}
