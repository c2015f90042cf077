import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A goal of the coalition that an activity leads towards, as its organisation says. */
@Entity('activity_goals')
export class ActivityGoalEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  activityId!: string;

  @Column({ type: 'uuid' })
  goalId!: string;
}
