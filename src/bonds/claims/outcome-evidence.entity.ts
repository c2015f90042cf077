import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../platform/database/columns.js';

/** A file that a claim rests on. */
@Entity('outcome_evidence')
export class OutcomeEvidenceEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  claimId!: string;

  @Column({ type: 'uuid' })
  fileId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'uuid' })
  addedBy!: string;

  @Column(instant)
  addedAt!: Date;
}
