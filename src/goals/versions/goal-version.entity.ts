import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant } from '../../platform/database/columns.js';

/** What a goal said from one change to the next. Append-only. */
@Entity('goal_versions')
export class GoalVersionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  goalId!: string;

  /** The version of the goal that said it. */
  @Column({ type: 'integer' })
  number!: number;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  description!: string;

  @Column(day)
  horizonOn!: Day;

  /** Why it was changed; empty for the first. */
  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'uuid', nullable: true })
  madeBy!: string | null;

  @Column(instant)
  madeAt!: Date;
}
