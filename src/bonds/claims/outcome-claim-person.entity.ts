import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person of a claim’s line, by a keyed hash and nothing else. */
@Entity('outcome_claim_people')
export class OutcomeClaimPersonEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  lineId!: string;

  @Column({ type: 'integer' })
  position!: number;

  @Column({ type: 'text' })
  personKey!: string;

  @Column({ type: 'boolean' })
  isAccepted!: boolean;
}
