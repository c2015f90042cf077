import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../maths/day.js';
import { day, instant, money, optional } from '../platform/database/columns.js';
import type { GrantState, ReportingFrequency } from './grant.rules.js';
import type { ReportingDetails } from './reporting-terms.js';
import type { ScheduleTemplate } from './grant-schedule.js';

/** An award from a pool to an organisation, over several years. It has no line items. */
@Entity('grants')
export class GrantEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'uuid' })
  organisationId!: string;

  /** Unique within the pool. */
  @Column({ type: 'text' })
  reference!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text' })
  mode!: 'flexible' | 'earmarked' | 'outcome';

  @Column({ type: 'text' })
  currency!: string;

  /** The award: all instalments, uplift included. */
  @Column(money)
  amount!: bigint;

  /** Indirect costs = rate × direct costs; null where nothing was agreed on them. */
  @Column({ type: 'numeric', nullable: true })
  overheadRate!: string | null;

  @Column(day)
  startOn!: Day;

  @Column(day)
  endOn!: Day;

  /** How it was agreed to be paid, as typed. */
  @Column({ type: 'jsonb' })
  template!: ScheduleTemplate;

  @Column({ type: 'text' })
  reportingFrequency!: ReportingFrequency;

  @Column({ type: 'integer' })
  reportingDueAfterDays!: number;

  @Column({ type: 'jsonb' })
  reportingTerms!: ReportingDetails;

  @Column({ type: 'text' })
  state!: GrantState;

  /** The decision that allowed the award. */
  @Column({ type: 'text', nullable: true })
  decisionReference!: string | null;

  @Column({ type: 'uuid', nullable: true })
  decisionId!: string | null;

  @Column({ type: 'uuid', nullable: true })
  createdBy!: string | null;

  @Column({ type: 'uuid', nullable: true })
  proposedBy!: string | null;

  @Column(optional(instant))
  proposedAt!: Date | null;

  /** Never who proposed it. */
  @Column({ type: 'uuid', nullable: true })
  awardedBy!: string | null;

  @Column(optional(instant))
  awardedAt!: Date | null;

  @Column(instant)
  createdAt!: Date;

  @Column({ type: 'integer' })
  version!: number;
}
