import { Column, Entity, PrimaryColumn } from 'typeorm';
import { optional } from '../../platform/database/columns.js';

/** What a plan expects of one metric in one period. */
@Entity('bond_plan_lines')
export class BondPlanLineEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  planId!: string;

  @Column({ type: 'integer' })
  period!: number;

  @Column({ type: 'text' })
  metric!: string;

  @Column(optional({ type: 'numeric' }))
  quantity!: string | null;

  @Column(optional({ type: 'numeric' }))
  value!: string | null;
}
