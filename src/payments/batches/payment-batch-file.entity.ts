import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PainFormat } from './pain001.js';

/** The file of a batch in one format, written once when the batch is released. */
@Entity('payment_batch_files')
export class PaymentBatchFileEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  batchId!: string;

  @Column({ type: 'text' })
  format!: PainFormat;

  @Column({ type: 'uuid' })
  fileId!: string;

  @Column({ type: 'text' })
  sha256!: string;
}
