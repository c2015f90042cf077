import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, money, optional } from '../../platform/database/columns.js';

/** A movement of the pool’s account: what came is positive, what went negative. Minor units. */
@Entity('bank_statement_lines')
export class BankStatementLineEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'uuid' })
  statementId!: string;

  @Column({ type: 'text' })
  account!: string;

  /** The bank’s, or a fingerprint of what the line says: unique on the account. */
  @Column({ type: 'text' })
  reference!: string;

  @Column({ type: 'date' })
  bookedOn!: string;

  @Column(money)
  amount!: bigint;

  @Column(optional({ type: 'text' }))
  endToEndId!: string | null;

  @Column({ type: 'text' })
  remittance!: string;

  @Column({ type: 'text' })
  counterparty!: string;

  @Column({ type: 'boolean' })
  isReturn!: boolean;

  @Column(optional({ type: 'text' }))
  returnReason!: string | null;

  @Column({ type: 'text' })
  state!: 'unmatched' | 'matched' | 'setAside';

  @Column(optional({ type: 'text' }))
  note!: string | null;

  @Column(optional({ type: 'uuid' }))
  decidedBy!: string | null;

  @Column(optional(instant))
  decidedAt!: Date | null;
}
