import { Column, Entity, PrimaryColumn } from 'typeorm';
import { money } from '../platform/database/columns.js';

/** What a report says was spent on one goal: the only breakdown that a report ever asks for. */
@Entity('spend_lines')
export class SpendLineEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  spendReportId!: string;

  @Column({ type: 'uuid' })
  goalId!: string;

  @Column(money)
  amount!: bigint;

  @Column({ type: 'text' })
  note!: string;
}
