import { Column, Entity, PrimaryColumn } from 'typeorm';
import { optional } from '../../platform/database/columns.js';
import type { BondRole } from './bond.rules.js';

/** Who is party to a bond, and as what. Its id is the subject of the party's accounts in the ledger. */
@Entity('bond_parties')
export class BondPartyEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  bondId!: string;

  @Column({ type: 'text' })
  role!: BondRole;

  @Column(optional({ type: 'uuid' }))
  organisationId!: string | null;

  /** A verifier may be a person. */
  @Column(optional({ type: 'uuid' }))
  personId!: string | null;
}
