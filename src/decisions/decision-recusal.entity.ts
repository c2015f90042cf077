import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../platform/database/columns.js';
import type { RecusalGround } from './conflict.rules.js';

/** Somebody who does not vote on a motion because they have an interest in it. */
@Entity('decision_recusals')
export class DecisionRecusalEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  decisionId!: string;

  @Column({ type: 'uuid' })
  personId!: string;

  @Column({ type: 'text' })
  ground!: RecusalGround;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'uuid', nullable: true })
  recordedBy!: string | null;

  @Column(instant)
  at!: Date;
}
