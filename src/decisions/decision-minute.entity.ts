import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../platform/database/columns.js';

/** What the backbone wrote down of how a motion was talked over. A correction is another entry. */
@Entity('decision_minutes')
export class DecisionMinuteEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  decisionId!: string;

  @Column({ type: 'text' })
  text!: string;

  @Column({ type: 'uuid' })
  writtenBy!: string;

  @Column(instant)
  writtenAt!: Date;
}
