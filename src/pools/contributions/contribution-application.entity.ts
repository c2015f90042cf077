import { Column, Entity, PrimaryColumn } from 'typeorm';
import { money } from '../../platform/database/columns.js';

/** The part of a contribution that settles a pledge instalment. */
@Entity('contribution_applications')
export class ContributionApplicationEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  contributionId!: string;

  @Column({ type: 'uuid' })
  pledgeInstalmentId!: string;

  @Column(money)
  amount!: bigint;
}
