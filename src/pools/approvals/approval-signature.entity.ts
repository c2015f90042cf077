import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../platform/database/columns.js';
import type { Verdict } from './approvals.service.js';

/** What one person said to an approval, and to which content. Never changed. */
@Entity('approval_signatures')
export class ApprovalSignatureEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  approvalId!: string;

  @Column({ type: 'uuid' })
  personId!: string;

  @Column({ type: 'text' })
  verdict!: Verdict;

  @Column({ type: 'text' })
  contentHash!: string;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column(instant)
  at!: Date;

  /** Set where it was given in an approver's stead. */
  @Column({ type: 'uuid', nullable: true })
  delegationId!: string | null;

  @Column({ type: 'uuid', nullable: true })
  forPersonId!: string | null;
}
