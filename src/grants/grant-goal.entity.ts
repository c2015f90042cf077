import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A goal that a grant works towards; an earmarked grant is restricted to its goals. */
@Entity('grant_goals')
export class GrantGoalEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  grantId!: string;

  @Column({ type: 'uuid' })
  goalId!: string;
}
