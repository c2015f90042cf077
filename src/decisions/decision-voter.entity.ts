import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody who may vote on a motion, with their weight: drawn when the vote opens, and the same ever after. */
@Entity('decision_voters')
export class DecisionVoterEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  decisionId!: string;

  @Column({ type: 'uuid' })
  personId!: string;

  /** "Funder for North River Trust". */
  @Column({ type: 'text' })
  seat!: string;

  /** 1 where everybody counts the same; else minor units of what was contributed. */
  @Column({ type: 'bigint' })
  weight!: bigint;
}
