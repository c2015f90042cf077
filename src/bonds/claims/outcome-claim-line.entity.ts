import { Column, Entity, PrimaryColumn } from 'typeorm';
import { optional } from '../../platform/database/columns.js';
import type { Verdict } from './claim.rules.js';

/** One metric of a claim: what was claimed, and what the verifier found of it. */
@Entity('outcome_claim_lines')
export class OutcomeClaimLineEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  claimId!: string;

  @Column({ type: 'integer' })
  number!: number;

  @Column({ type: 'text' })
  metric!: string;

  @Column(optional({ type: 'numeric' }))
  quantity!: string | null;

  @Column(optional({ type: 'numeric' }))
  value!: string | null;

  @Column(optional({ type: 'text' }))
  verdict!: Verdict | null;

  @Column(optional({ type: 'numeric' }))
  acceptedQuantity!: string | null;

  @Column(optional({ type: 'numeric' }))
  acceptedValue!: string | null;

  @Column(optional({ type: 'text' }))
  reason!: string | null;
}
