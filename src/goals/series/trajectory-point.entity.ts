import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, decimal } from '../../platform/database/columns.js';

/** Where an indicator or a performance measure should be on a day, or where its people say it will be. */
@Entity('trajectory_points')
export class TrajectoryPointEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid' }) coalitionId!: string;
  @Column({ type: 'uuid', nullable: true }) indicatorId!: string | null;
  @Column({ type: 'uuid', nullable: true }) measureId!: string | null;
  @Column({ type: 'text' }) line!: 'target' | 'forecast';
  @Column(day) onDay!: Day;
  @Column(decimal) value!: string;
}
