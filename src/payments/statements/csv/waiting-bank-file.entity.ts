import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../../platform/database/columns.js';

/** A file whose columns a person is choosing: one each, kept until it is imported or the next one comes. */
@Entity('waiting_bank_files')
export class WaitingBankFileEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  sha256!: string;

  @Column({ type: 'bytea' })
  content!: Buffer;

  @Column({ type: 'uuid' })
  uploadedBy!: string;

  @Column(instant)
  uploadedAt!: Date;
}
