import { Column, Entity, PrimaryColumn } from 'typeorm';
import { day, instant, optional } from '../../platform/database/columns.js';
import type { BondState } from './bond.rules.js';

/** An outcome-linked contract. Its terms are in its versions; the one that holds is `signedVersion`. */
@Entity('bonds')
export class BondEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  /** Whose bank account the money of the bond lies in, apart from what funders have there. */
  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'text' })
  reference!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text' })
  currency!: string;

  @Column({ type: 'uuid' })
  providerId!: string;

  @Column({ type: 'text' })
  state!: BondState;

  @Column(optional({ type: 'integer' }))
  signedVersion!: number | null;

  @Column(optional(day))
  signedOn!: string | null;

  @Column(optional(day))
  activeFrom!: string | null;

  @Column(optional(day))
  closedOn!: string | null;

  @Column({ type: 'uuid' })
  createdBy!: string;

  @Column(instant)
  createdAt!: Date;

  @Column({ type: 'integer' })
  version!: number;
}
