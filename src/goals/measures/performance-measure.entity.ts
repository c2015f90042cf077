import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PeriodLength } from '../../maths/calendar-period.js';
import type { Day } from '../../maths/day.js';
import { day, decimal, instant, optional } from '../../platform/database/columns.js';
import type { Band, Disaggregation, Formula, MeasureKind, Polarity } from '../series/series.js';

/** A measure of a programme: how much it does, how well, and whether anyone is better off. */
@Entity('performance_measures')
export class PerformanceMeasureEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid' }) coalitionId!: string;
  @Column({ type: 'uuid' }) goalId!: string;
  @Column({ type: 'text' }) kind!: MeasureKind;
  @Column({ type: 'text' }) programme!: string;
  /** Whose programme it is; null where it is the coalition’s own. */
  @Column({ type: 'uuid', nullable: true }) organisationId!: string | null;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'text' }) definition!: string;
  @Column({ type: 'text' }) unit!: string;
  @Column({ type: 'smallint' }) places!: number;
  @Column({ type: 'text' }) polarity!: Polarity;
  @Column({ type: 'text' }) frequency!: PeriodLength;
  @Column({ type: 'integer' }) dueAfterDays!: number;
  @Column(optional(day)) baselineOn!: Day | null;
  @Column(optional(decimal)) baseline!: string | null;
  @Column({ type: 'jsonb' }) bands!: Band[];
  @Column({ type: 'jsonb' }) disaggregation!: Disaggregation[];
  /** How it is calculated; null where it is read by hand. */
  @Column({ type: 'text', nullable: true }) formula!: Formula | null;
  @Column({ type: 'text' }) source!: string;
  @Column({ type: 'text' }) method!: string;
  @Column({ type: 'uuid', nullable: true }) responsibleId!: string | null;
  @Column({ type: 'uuid', nullable: true }) createdBy!: string | null;
  @Column(instant) createdAt!: Date;
  @Column(optional(instant)) retiredAt!: Date | null;
  @Column({ type: 'text', nullable: true }) retireReason!: string | null;
  @Column({ type: 'integer' }) version!: number;
}
