import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../platform/database/columns.js';

/** A file that a partner has attached to a spend report. */
@Entity('report_attachments')
export class ReportAttachmentEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  spendReportId!: string;

  @Column({ type: 'uuid' })
  fileId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'uuid' })
  addedBy!: string;

  @Column(instant)
  addedAt!: Date;
}
