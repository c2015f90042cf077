import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../maths/day.js';
import { day, instant, money, optional } from '../platform/database/columns.js';

export const spendReportStates = [
  'draft',
  'submitted',
  'returned',
  'accepted',
  'superseded',
  'withdrawn',
] as const;
export type SpendReportState = (typeof spendReportStates)[number];

/** What an organisation spent of a grant in one period. Its figures are frozen by submission; before, they are null. */
@Entity('spend_reports')
export class SpendReportEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  requirementId!: string;

  @Column({ type: 'uuid' })
  grantId!: string;

  @Column({ type: 'uuid' })
  organisationId!: string;

  @Column({ type: 'integer' })
  number!: number;

  @Column(day)
  periodFrom!: Day;

  @Column(day)
  periodTo!: Day;

  @Column(day)
  dueOn!: Day;

  /** The last day of grace. */
  @Column(day)
  lateAfter!: Day;

  @Column({ type: 'text' })
  state!: SpendReportState;

  @Column({ type: 'text' })
  currency!: string;

  @Column(optional(money))
  opening!: bigint | null;

  @Column(optional(money))
  received!: bigint | null;

  @Column(optional(money))
  spent!: bigint | null;

  @Column(optional(money))
  closing!: bigint | null;

  @Column({ type: 'text' })
  story!: string;

  @Column({ type: 'text' })
  learning!: string;

  @Column({ type: 'text', nullable: true })
  reviewComment!: string | null;

  @Column({ type: 'uuid', nullable: true })
  submittedBy!: string | null;

  @Column(optional(instant))
  submittedAt!: Date | null;

  @Column({ type: 'uuid', nullable: true })
  reviewedBy!: string | null;

  @Column(optional(instant))
  reviewedAt!: Date | null;

  /** The report of its period that counts: a correction once it is accepted, what it supersedes until then. */
  @Column({ type: 'boolean' })
  stands!: boolean;

  /** The accepted report that this one corrects. */
  @Column({ type: 'uuid', nullable: true })
  correctsId!: string | null;

  @Column({ type: 'text', nullable: true })
  correctionReason!: string | null;

  @Column({ type: 'integer' })
  version!: number;
}
