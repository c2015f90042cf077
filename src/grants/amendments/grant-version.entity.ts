import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, money, optional } from '../../platform/database/columns.js';
import type { AmendmentKind } from './amendment.rules.js';
import type { KeptLine } from './kept-plan.js';

export const grantVersionStates = ['asked', 'approved', 'rejected'] as const;
export type GrantVersionState = (typeof grantVersionStates)[number];

/** An amendment of a grant, with what stood before it and what stands after it. The award itself is version 1. */
@Entity('grant_versions')
export class GrantVersionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  grantId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  /** Given when it is approved, so that no number is missing. */
  @Column({ type: 'integer', nullable: true })
  number!: number | null;

  @Column({ type: 'text' })
  kind!: AmendmentKind;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'text' })
  state!: GrantVersionState;

  @Column({ type: 'text' })
  currency!: string;

  @Column(money)
  awardBefore!: bigint;

  @Column(money)
  awardAfter!: bigint;

  @Column(day)
  endOnBefore!: Day;

  @Column(day)
  endOnAfter!: Day;

  @Column({ type: 'jsonb' })
  planBefore!: KeptLine[];

  @Column({ type: 'jsonb' })
  planAfter!: KeptLine[];

  @Column({ type: 'uuid' })
  approvalId!: string;

  @Column({ type: 'uuid' })
  askedBy!: string;

  @Column(instant)
  askedAt!: Date;

  /** Never who asked. */
  @Column({ type: 'uuid', nullable: true })
  decidedBy!: string | null;

  @Column(optional(instant))
  decidedAt!: Date | null;

  /** Why it was rejected or taken back. */
  @Column({ type: 'text', nullable: true })
  decidedReason!: string | null;

  /** The entry that committed the difference, or freed it. */
  @Column({ type: 'uuid', nullable: true })
  entryId!: string | null;

  /** The decision of the coalition that allows it. */
  @Column({ type: 'uuid', nullable: true })
  decisionId!: string | null;

  @Column({ type: 'integer' })
  version!: number;
}
