import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../platform/database/columns.js';
import type { ScenarioInput } from './scenario.dto.js';

/** What may happen to a bond, kept under a name. */
@Entity('bond_scenarios')
export class BondScenarioEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  bondId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'jsonb' })
  inputs!: ScenarioInput;

  @Column({ type: 'uuid' })
  changedBy!: string;

  @Column(instant)
  changedAt!: Date;
}
