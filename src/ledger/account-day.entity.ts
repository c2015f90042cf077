import { Column, Entity, PrimaryColumn } from 'typeorm';
import { money } from '../platform/database/columns.js';
import type { Day } from '../maths/day.js';

/** What a day did to an account, by when it happened: the database carries it, nobody sets it. */
@Entity('account_days')
export class AccountDayEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  accountId!: string;

  @Column({ type: 'date' })
  day!: Day;

  @Column(money)
  debit!: bigint;

  @Column(money)
  credit!: bigint;
}
