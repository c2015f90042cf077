import { Column, Entity, PrimaryColumn } from 'typeorm';
import { money } from '../../platform/database/columns.js';

/** What one funder gets of a refund; together the whole. Minor units. */
@Entity('refund_shares')
export class RefundShareEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  refundId!: string;

  @Column({ type: 'uuid' })
  funderId!: string;

  @Column(money)
  amount!: bigint;
}
