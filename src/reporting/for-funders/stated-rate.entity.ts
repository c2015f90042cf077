import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant } from '../../platform/database/columns.js';

/** A rate that somebody has stated, and where it is from. It is never changed: another day has another one. */
@Entity('stated_rates')
export class StatedRateEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'text' })
  fromCurrency!: string;

  @Column({ type: 'text' })
  toCurrency!: string;

  /** How many units of `toCurrency` one unit of `fromCurrency` is. */
  @Column({ type: 'numeric' })
  rate!: string;

  @Column(day)
  statedOn!: Day;

  @Column({ type: 'text' })
  source!: string;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;
}
