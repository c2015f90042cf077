import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../platform/database/columns.js';

/** An individual. Their seats are memberships; an employer is not part of who they are. */
@Entity('persons')
export class PersonEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  /** Lower case. */
  @Column({ type: 'text' })
  email!: string;

  @Column({ type: 'text' })
  name!: string;

  /** BCP 47: how figures and dates are written for them. */
  @Column({ type: 'text' })
  locale!: string;

  /** Of the installation: accounts and settings, no money. */
  @Column({ type: 'boolean' })
  isAdministrator!: boolean;

  @Column(instant)
  createdAt!: Date;
}
