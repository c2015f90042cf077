import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The secret that keys the people of a bond, sealed under the installation’s own. */
@Entity('bond_person_keys')
export class BondPersonKeyEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  bondId!: string;

  @Column({ type: 'text' })
  sealedKey!: string;
}
