import { Column, Entity, PrimaryColumn } from 'typeorm';
import { money, optional } from '../../platform/database/columns.js';
import type { KeptTrim } from './claim.rules.js';

/** How what a line comes to was worked out. Minor units of the bond’s currency. */
@Entity('outcome_workings')
export class OutcomeWorkingEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  claimId!: string;

  @Column(optional({ type: 'uuid' }))
  lineId!: string | null;

  @Column({ type: 'integer' })
  position!: number;

  @Column({ type: 'text' })
  metric!: string;

  @Column({ type: 'numeric' })
  accepted!: string;

  @Column(money)
  gross!: bigint;

  @Column({ type: 'jsonb' })
  trimmed!: KeptTrim[];

  @Column(money)
  net!: bigint;

  @Column({ type: 'text' })
  working!: string;
}
