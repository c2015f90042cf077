import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, optional } from '../../platform/database/columns.js';

/** An approver who is away lets somebody sign in their stead, between two dates. */
@Entity('approval_delegations')
export class ApprovalDelegationEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  delegatorId!: string;

  @Column({ type: 'uuid' })
  delegateId!: string;

  @Column(day)
  sinceOn!: Day;

  @Column(day)
  untilOn!: Day;

  @Column({ type: 'text' })
  reason!: string;

  @Column(instant)
  madeAt!: Date;

  @Column(optional(instant))
  endedAt!: Date | null;
}
