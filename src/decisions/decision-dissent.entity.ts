import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../platform/database/columns.js';

/** Dissent from a motion, in the dissenter's own words. */
@Entity('decision_dissents')
export class DecisionDissentEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  decisionId!: string;

  /** Their line of the roll. */
  @Column({ type: 'uuid' })
  voterId!: string;

  @Column({ type: 'uuid' })
  personId!: string;

  @Column({ type: 'text' })
  words!: string;

  @Column(instant)
  at!: Date;
}
