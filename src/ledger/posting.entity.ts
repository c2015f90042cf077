import { Column, Entity, PrimaryColumn } from 'typeorm';
import { money } from '../platform/database/columns.js';

/** One side of an entry: what it does to one account. */
@Entity('postings')
export class PostingEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  entryId!: string;

  @Column({ type: 'uuid' })
  accountId!: string;

  /** A debit is positive, a credit negative. */
  @Column(money)
  amount!: bigint;
}
