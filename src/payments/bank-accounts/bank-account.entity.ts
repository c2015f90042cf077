import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant, optional } from '../../platform/database/columns.js';
import type { BankAccountState } from './bank-account.rules.js';

/** Where a payee is paid. Never changed: another account is proposed, and follows it. */
@Entity('bank_accounts')
export class BankAccountEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  organisationId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  iban!: string;

  @Column({ type: 'text', nullable: true })
  bic!: string | null;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'text' })
  state!: BankAccountState;

  @Column({ type: 'uuid' })
  approvalId!: string;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;

  @Column(optional(instant))
  approvedAt!: Date | null;

  /** The first day on which it may be paid to. */
  @Column(optional(day))
  usableFrom!: Day | null;

  @Column(optional(day))
  stoppedOn!: Day | null;

  @Column({ type: 'uuid', nullable: true })
  stoppedBy!: string | null;

  @Column({ type: 'text', nullable: true })
  stopReason!: string | null;
}
