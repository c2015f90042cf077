import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../platform/database/columns.js';
import type { ScheduleShape } from '../grant-schedule.js';

/** A schedule that a coalition uses again and again: how a grant is paid, whatever its amount and its first day. */
@Entity('schedule_templates')
export class ScheduleTemplateEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  /** Unique within the coalition. */
  @Column({ type: 'text' })
  name!: string;

  /** Of its fixed amounts; null where it has none. */
  @Column({ type: 'text', nullable: true })
  currency!: string | null;

  /** As typed. */
  @Column({ type: 'jsonb' })
  shape!: ScheduleShape;

  @Column({ type: 'uuid', nullable: true })
  createdBy!: string | null;

  @Column(instant)
  createdAt!: Date;

  @Column({ type: 'integer' })
  version!: number;
}
