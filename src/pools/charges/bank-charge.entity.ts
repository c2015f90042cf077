import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, money, optional } from '../../platform/database/columns.js';

/** What the bank took from a pool's account for its services. Minor units of the pool's currency. */
@Entity('bank_charges')
export class BankChargeEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column(money)
  amount!: bigint;

  @Column({ type: 'text' })
  currency!: string;

  @Column(day)
  takenOn!: Day;

  @Column({ type: 'text' })
  bankReference!: string;

  @Column({ type: 'text' })
  note!: string;

  @Column({ type: 'uuid' })
  entryId!: string;

  @Column({ type: 'uuid', nullable: true })
  recordedBy!: string | null;

  @Column(instant)
  recordedAt!: Date;

  @Column({ type: 'uuid', nullable: true })
  reversedBy!: string | null;

  @Column(optional(instant))
  reversedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  reversalReason!: string | null;
}
