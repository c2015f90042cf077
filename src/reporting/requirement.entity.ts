import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReportingFrequency } from '../grants/grant.rules.js';
import type { ReportingDetails } from '../grants/reporting-terms.js';
import type { Day } from '../maths/day.js';
import { day, instant } from '../platform/database/columns.js';

/** Who must report on a grant, how often and due when: what the award agreed, and nothing more. */
@Entity('requirements')
export class RequirementEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  grantId!: string;

  @Column({ type: 'uuid' })
  organisationId!: string;

  @Column({ type: 'text' })
  frequency!: ReportingFrequency;

  @Column({ type: 'jsonb' })
  terms!: ReportingDetails;

  @Column(day)
  firstPeriodFrom!: Day;

  @Column(day)
  lastPeriodTo!: Day;

  @Column({ type: 'integer' })
  dueAfterDays!: number;

  /** Days from the due date at which the partner is reminded. */
  @Column({ type: 'integer', array: true })
  ladder!: number[];

  @Column({ type: 'integer' })
  escalateAfterDays!: number;

  @Column(instant)
  createdAt!: Date;

  @Column({ type: 'integer' })
  version!: number;
}
