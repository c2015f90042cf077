import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../maths/day.js';
import { day, instant, optional } from '../platform/database/columns.js';
import type { DecisionMethod, DecisionState, VotingRule, Weighting } from './decision.rules.js';
import type { DecisionSubjectKind } from './decision-subjects.js';

/** A motion put to the coalition's people. Once it is open it stays as it was; another one amends it. */
@Entity('decisions')
export class DecisionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  /** Counted in the coalition: D-7. */
  @Column({ type: 'integer' })
  number!: number;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text' })
  motion!: string;

  @Column({ type: 'text' })
  method!: DecisionMethod;

  /** What one votes for, by its number from 1. */
  @Column({ type: 'text', array: true })
  options!: string[];

  @Column({ type: 'text' })
  rule!: VotingRule;

  @Column({ type: 'text' })
  weighting!: Weighting;

  /** The pool whose contributions weigh. */
  @Column({ type: 'uuid', nullable: true })
  weightPoolId!: string | null;

  /** Of the weight that may vote. */
  @Column({ type: 'integer' })
  quorumPercent!: number;

  /** The last day of the vote, in the coalition's time zone. */
  @Column(day)
  closesOn!: Day;

  @Column({ type: 'text' })
  subjectKind!: DecisionSubjectKind;

  @Column({ type: 'uuid', nullable: true })
  subjectId!: string | null;

  /** The organisation that it would benefit. */
  @Column({ type: 'uuid', nullable: true })
  concernsId!: string | null;

  @Column({ type: 'uuid', nullable: true })
  amendsId!: string | null;

  @Column({ type: 'text', nullable: true })
  amendsHow!: 'amends' | 'supersedes' | null;

  @Column({ type: 'text' })
  state!: DecisionState;

  @Column({ type: 'uuid', nullable: true })
  draftedBy!: string | null;

  @Column(instant)
  draftedAt!: Date;

  @Column({ type: 'uuid', nullable: true })
  openedBy!: string | null;

  @Column(optional(instant))
  openedAt!: Date | null;

  /** No ballot counts at this instant or after it. */
  @Column(optional(instant))
  closesAt!: Date | null;

  @Column({ type: 'uuid', nullable: true })
  closedBy!: string | null;

  @Column(optional(instant))
  closedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  withdrawnReason!: string | null;

  /** The count as it was at the close. It can be made again from the roll, the recusals and the ballots. */
  @Column({ type: 'jsonb', nullable: true })
  result!: Record<string, unknown> | null;

  @Column({ type: 'integer' })
  version!: number;
}
