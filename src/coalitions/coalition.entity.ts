import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BusinessDayRule } from '../maths/business-day.js';
import { instant } from '../platform/database/columns.js';

export const coalitionKinds = ['coordinating', 'transforming'] as const;
export type CoalitionKind = (typeof coalitionKinds)[number];

/** The tenant: the people and organisations around one common agenda. */
@Entity('coalitions')
export class CoalitionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  commonAgenda!: string;

  /** `coordinating` lives in a place, `transforming` changes a system. */
  @Column({ type: 'text' })
  kind!: CoalitionKind;

  /** IANA, such as Europe/London: dates and deadlines are read by its clocks. */
  @Column({ type: 'text' })
  timeZone!: string;

  /** Where a due date goes when it is no business day. */
  @Column({ type: 'text' })
  businessDay!: BusinessDayRule;

  /** A holiday calendar such as GB-ENG; null knows weekends only. */
  @Column({ type: 'text', nullable: true })
  holidays!: string | null;

  /** What it was imported from, so that a second import finds it again. */
  @Column({ type: 'text', nullable: true })
  sourceKey!: string | null;

  @Column(instant)
  createdAt!: Date;

  @Column({ type: 'integer' })
  version!: number;
}
