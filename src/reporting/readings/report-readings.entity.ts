import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReadingCell } from './report-readings.rules.js';

/** What a spend report says was read of one indicator or performance measure. */
@Entity('report_readings')
export class ReportReadingsEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  spendReportId!: string;

  @Column({ type: 'uuid', nullable: true })
  indicatorId!: string | null;

  @Column({ type: 'uuid', nullable: true })
  measureId!: string | null;

  @Column({ type: 'text' })
  source!: string;

  @Column({ type: 'text' })
  method!: string;

  @Column({ type: 'text' })
  note!: string;

  /** What it says, and what of it was taken as readings. */
  @Column({ type: 'jsonb' })
  cells!: ReadingCell[];
}
