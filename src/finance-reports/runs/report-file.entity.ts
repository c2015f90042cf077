import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The file of a report in one format, by its SHA-256. */
@Entity('report_files')
export class ReportFileEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  runId!: string;

  @Column({ type: 'text' })
  format!: string;

  @Column({ type: 'uuid' })
  fileId!: string;

  @Column({ type: 'text' })
  fileName!: string;

  @Column({ type: 'text' })
  sha256!: string;
}
