import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, money, optional } from '../../platform/database/columns.js';

/** Unspent money of a grant that its partner gave back. Minor units of the pool's currency. */
@Entity('grant_returns')
export class GrantReturnEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  grantId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column(money)
  amount!: bigint;

  @Column({ type: 'text' })
  currency!: string;

  @Column(day)
  receivedOn!: Day;

  @Column({ type: 'text' })
  bankReference!: string;

  @Column({ type: 'text' })
  note!: string;

  @Column({ type: 'uuid' })
  entryId!: string;

  @Column({ type: 'uuid' })
  recordedBy!: string;

  @Column(instant)
  recordedAt!: Date;

  @Column({ type: 'uuid', nullable: true })
  reversedBy!: string | null;

  @Column(optional(instant))
  reversedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  reversalReason!: string | null;
}
