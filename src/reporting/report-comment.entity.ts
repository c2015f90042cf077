import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optional } from '../platform/database/columns.js';

/** What a reviewer asks for at one field of a report; done when the report is submitted again. */
@Entity('report_comments')
export class ReportCommentEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  spendReportId!: string;

  @Column({ type: 'text' })
  pointer!: string;

  @Column({ type: 'text' })
  comment!: string;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;

  @Column({ type: 'uuid', nullable: true })
  doneBy!: string | null;

  @Column(optional(instant))
  doneAt!: Date | null;
}
