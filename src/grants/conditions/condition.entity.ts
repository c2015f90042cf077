import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, money, optional } from '../../platform/database/columns.js';
import type { ConditionKind, ConditionState } from './condition.rules.js';

/** What must hold before a grant is paid any further. */
@Entity('conditions')
export class ConditionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  grantId!: string;

  @Column({ type: 'text' })
  kind!: ConditionKind;

  /** Instalments agreed for this day or later wait for it. Null: it holds none, others fall due after it. */
  @Column(optional(day))
  appliesFrom!: Day | null;

  /** The document, the decision, or what the other money is for. */
  @Column({ type: 'text' })
  subject!: string;

  @Column(optional(day))
  onDay!: Day | null;

  /** Of the grant's currency, in minor units. */
  @Column(optional(money))
  matchAmount!: bigint | null;

  @Column(money)
  matchRaised!: bigint;

  @Column({ type: 'text' })
  state!: ConditionState;

  @Column(optional(day))
  metOn!: Day | null;

  @Column({ type: 'text' })
  note!: string;

  @Column({ type: 'uuid', nullable: true })
  addedBy!: string | null;

  @Column(instant)
  addedAt!: Date;

  @Column({ type: 'uuid', nullable: true })
  endedBy!: string | null;

  @Column(optional(instant))
  endedAt!: Date | null;

  @Column({ type: 'uuid', nullable: true })
  waiverApprovalId!: string | null;

  @Column({ type: 'text', nullable: true })
  waiverReason!: string | null;

  /** The motion that must pass. Without one, somebody says that it is passed. */
  @Column({ type: 'uuid', nullable: true })
  decisionId!: string | null;

  @Column({ type: 'uuid', nullable: true })
  waiverDecisionId!: string | null;
}
