import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optional } from '../../platform/database/columns.js';
import type { BondVersionState } from './bond.rules.js';
import type { BondTerms } from './bond-terms.js';

/** A version of a bond's contract, with the reason for it. Once proposed, its terms stay as they are. */
@Entity('bond_versions')
export class BondVersionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  bondId!: string;

  @Column({ type: 'integer' })
  number!: number;

  @Column({ type: 'jsonb' })
  terms!: BondTerms;

  @Column({ type: 'text' })
  termsHash!: string;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'text' })
  state!: BondVersionState;

  @Column(optional({ type: 'uuid' }))
  approvalId!: string | null;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;

  @Column(optional({ type: 'uuid' }))
  signedBy!: string | null;

  @Column(optional(instant))
  signedAt!: Date | null;

  @Column({ type: 'integer' })
  version!: number;
}
