import { Column, Entity, PrimaryColumn } from 'typeorm';
import { day, instant, money, optional } from '../../platform/database/columns.js';

/** A report that was asked for: its order, how far it is made, and then its proof. What was made is never changed. */
@Entity('report_runs')
export class ReportRunEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  /** The first of its coalitions. */
  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid', nullable: true })
  subscriptionId!: string | null;

  @Column({ type: 'uuid', nullable: true })
  poolId!: string | null;

  @Column({ type: 'text' })
  reportKind!: string;

  @Column({ type: 'text', nullable: true })
  periodKey!: string | null;

  @Column(instant)
  asOf!: Date;

  @Column({ type: 'text' })
  state!: string;

  @Column({ type: 'boolean' })
  late!: boolean;

  @Column({ type: 'uuid', nullable: true })
  askedBy!: string | null;

  @Column(optional(instant))
  madeAt!: Date | null;

  @Column({ type: 'text' })
  scope!: string;

  /** All of them must be seen to see it. */
  @Column({ type: 'uuid', array: true })
  coalitionIds!: string[];

  @Column({ type: 'text' })
  basis!: string;

  @Column({ type: 'uuid', nullable: true })
  funderId!: string | null;

  @Column({ type: 'text', nullable: true })
  currency!: string | null;

  @Column({ type: 'jsonb' })
  rates!: unknown;

  @Column({ type: 'uuid', array: true })
  poolIds!: string[];

  @Column(optional(day))
  periodFrom!: string | null;

  @Column(day)
  periodTo!: string;

  @Column({ type: 'text', array: true })
  formats!: string[];

  /** Made to be looked at: sent to nobody. */
  @Column({ type: 'boolean' })
  isPreview!: boolean;

  /** The run that it makes again, as of then. */
  @Column({ type: 'uuid', nullable: true })
  againOf!: string | null;

  /** With whose rights it is made, and who is told when it fails. */
  @Column({ type: 'uuid' })
  ownerId!: string;

  @Column(instant)
  askedAt!: Date;

  /** Each pool with its names and policies as they were. */
  @Column({ type: 'jsonb' })
  pools!: unknown;

  /** Key figures, control totals and short tables, pool by pool. */
  @Column({ type: 'jsonb' })
  sections!: unknown;

  @Column(money)
  rowsWritten!: bigint;

  @Column(optional(money))
  rowsExpected!: bigint | null;

  @Column({ type: 'integer' })
  attempts!: number;

  /** While it is made: when whoever makes it is taken for gone. */
  @Column(optional(instant))
  leaseUntil!: Date | null;

  /** Why it failed, or failed the last time. */
  @Column({ type: 'text', nullable: true })
  failure!: string | null;
}
