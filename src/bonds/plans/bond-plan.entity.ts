import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../platform/database/columns.js';

/** A version of what outcomes a bond is expected to reach, with the reason for it. */
@Entity('bond_plans')
export class BondPlanEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  bondId!: string;

  @Column({ type: 'integer' })
  number!: number;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;
}
