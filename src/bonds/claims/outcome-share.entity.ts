import { Column, Entity, PrimaryColumn } from 'typeorm';
import { money } from '../../platform/database/columns.js';

/** What one payer pays of a working, and what exceeds its cap. Minor units. */
@Entity('outcome_shares')
export class OutcomeShareEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  workingId!: string;

  @Column({ type: 'uuid' })
  partyId!: string;

  @Column(money)
  amount!: bigint;

  @Column(money)
  unpaid!: bigint;
}
