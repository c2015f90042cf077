import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../platform/database/columns.js';

/** A vote. Changing it adds another that replaces it: the one that nothing replaces counts. */
@Entity('decision_ballots')
export class DecisionBallotEntity {
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

  /** The number of the option; 0 abstains. */
  @Column({ type: 'integer' })
  choice!: number;

  @Column({ type: 'uuid', nullable: true })
  supersedesId!: string | null;

  @Column(instant)
  at!: Date;
}
