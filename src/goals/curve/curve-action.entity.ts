import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, optional } from '../../platform/database/columns.js';
import type { ActionState } from './turning.rules.js';

/** What is done to turn a curve, by whom, from when to when. */
@Entity('curve_actions')
export class CurveActionEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid' }) coalitionId!: string;
  @Column({ type: 'uuid' }) indicatorId!: string;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) detail!: string;
  @Column({ type: 'uuid' }) ownerId!: string;
  @Column(day) startsOn!: Day;
  @Column(day) dueOn!: Day;
  @Column({ type: 'text' }) state!: ActionState;
  @Column(optional(day)) endedOn!: Day | null;
  /** What came of it, or why it was dropped. */
  @Column({ type: 'text' }) note!: string;
  @Column(instant) createdAt!: Date;
  @Column({ type: 'integer' }) version!: number;
}
