import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../platform/database/columns.js';

export const sectors = ['third', 'public', 'private'] as const;
export type Sector = (typeof sectors)[number];

/**
 * A legal entity as one coalition knows it. Every coalition keeps a row of its own, so that nothing is shared
 * across the wall; the same org-id in two coalitions is the same legal entity.
 */
@Entity('organisations')
export class OrganisationEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'text' })
  name!: string;

  /** Register and number, such as GB-CHC-1094112 (org-id.guide). */
  @Column({ type: 'text', nullable: true })
  orgId!: string | null;

  @Column({ type: 'text' })
  sector!: Sector;

  /** Where reminders and statements go. */
  @Column({ type: 'text', nullable: true })
  email!: string | null;

  @Column(instant)
  createdAt!: Date;

  @Column({ type: 'integer' })
  version!: number;
}
