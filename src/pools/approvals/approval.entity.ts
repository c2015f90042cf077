import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optional } from '../../platform/database/columns.js';
import type { ApprovalState, SubjectKind } from './approval.rules.js';

/** What somebody asked for and others must agree on, bound to the hash of its content. */
@Entity('approvals')
export class ApprovalEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  /** Null for what belongs to no pool, such as a payee's bank account. */
  @Column({ type: 'uuid', nullable: true })
  poolId!: string | null;

  @Column({ type: 'text' })
  subjectKind!: SubjectKind;

  @Column({ type: 'uuid' })
  subjectId!: string;

  @Column({ type: 'text' })
  summary!: string;

  @Column({ type: 'text' })
  contentHash!: string;

  @Column({ type: 'jsonb' })
  content!: Record<string, unknown>;

  @Column({ type: 'integer' })
  required!: number;

  @Column({ type: 'text' })
  state!: ApprovalState;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;

  @Column(optional(instant))
  endedAt!: Date | null;

  @Column({ type: 'integer' })
  version!: number;
}
