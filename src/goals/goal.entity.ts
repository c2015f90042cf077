import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../maths/day.js';
import { day, instant } from '../platform/database/columns.js';

/** A long-term result that the coalition pursues. */
@Entity('goals')
export class GoalEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  description!: string;

  /** The day by which the result should be seen. */
  @Column(day)
  horizonOn!: Day;

  @Column(instant)
  createdAt!: Date;

  @Column({ type: 'integer' })
  version!: number;
}
