import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, money } from '../../platform/database/columns.js';

/** A dated slice of a pledge, and how much of it has come. */
@Entity('pledge_instalments')
export class PledgeInstalmentEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  pledgeId!: string;

  @Column({ type: 'integer' })
  number!: number;

  @Column(day)
  dueOn!: Day;

  @Column(money)
  amount!: bigint;

  @Column(money)
  received!: bigint;
}
