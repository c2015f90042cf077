import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../platform/database/columns.js';

/** A report as it was made, with its proof. Never changed. */
@Entity('report_runs')
export class ReportRunEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid', nullable: true })
  subscriptionId!: string | null;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'text' })
  reportKind!: string;

  @Column({ type: 'text', nullable: true })
  periodKey!: string | null;

  @Column(instant)
  asOf!: Date;

  @Column({ type: 'jsonb' })
  parameters!: unknown;

  @Column({ type: 'jsonb' })
  figures!: unknown;

  @Column({ type: 'jsonb' })
  controlTotals!: unknown;

  @Column({ type: 'text' })
  state!: string;

  @Column({ type: 'boolean' })
  late!: boolean;

  @Column({ type: 'uuid', nullable: true })
  askedBy!: string | null;

  @Column(instant)
  madeAt!: Date;
}
