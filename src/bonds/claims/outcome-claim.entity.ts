import { Column, Entity, PrimaryColumn } from 'typeorm';
import { day, instant, optional } from '../../platform/database/columns.js';
import type { ClaimState } from './claim.rules.js';

/** Outcomes of one period, claimed by the provider under the terms that held. */
@Entity('outcome_claims')
export class OutcomeClaimEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  bondId!: string;

  @Column({ type: 'integer' })
  number!: number;

  @Column({ type: 'integer' })
  period!: number;

  @Column(day)
  periodFrom!: string;

  @Column(day)
  periodTo!: string;

  @Column({ type: 'integer' })
  termsNumber!: number;

  @Column({ type: 'text' })
  termsHash!: string;

  @Column({ type: 'text' })
  state!: ClaimState;

  @Column({ type: 'text' })
  note!: string;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;

  @Column(optional({ type: 'uuid' }))
  submittedBy!: string | null;

  @Column(optional(instant))
  submittedAt!: Date | null;

  @Column(optional({ type: 'uuid' }))
  decidedBy!: string | null;

  @Column(optional(instant))
  decidedAt!: Date | null;

  @Column(optional({ type: 'text' }))
  decidedReason!: string | null;

  @Column(optional({ type: 'integer' }))
  verifiedPlace!: number | null;

  @Column({ type: 'integer' })
  version!: number;
}
