import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../platform/database/columns.js';
import type { ReportLanguage } from './headings.js';

/** How a funder reads reports: its fiscal year, its currency, its language. */
@Entity('funder_report_settings')
export class FunderReportSettingsEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  organisationId!: string;

  /** 1 to 12. */
  @Column({ type: 'integer' })
  startMonth!: number;

  /** Null reads each grant in its own. */
  @Column({ type: 'text', nullable: true })
  currency!: string | null;

  @Column({ type: 'text' })
  language!: ReportLanguage;

  @Column(instant)
  changedAt!: Date;

  @Column({ type: 'integer' })
  version!: number;
}
