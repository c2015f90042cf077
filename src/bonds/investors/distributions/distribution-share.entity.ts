import { Column, Entity, PrimaryColumn } from 'typeorm';
import { money } from '../../../platform/database/columns.js';

/** What one investor gets of a distribution, its capital apart. Minor units. */
@Entity('distribution_shares')
export class DistributionShareEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  distributionId!: string;

  @Column({ type: 'uuid' })
  partyId!: string;

  @Column(money)
  capital!: bigint;

  @Column(money)
  income!: bigint;
}
