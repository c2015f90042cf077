import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, money, optional } from '../../platform/database/columns.js';

/** A statement of the pool’s account, as the bank sent it. Amounts in minor units of its currency. */
@Entity('bank_statements')
export class BankStatementEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  /** IBAN, or the bank’s own number of the account. */
  @Column({ type: 'text' })
  account!: string;

  @Column({ type: 'text' })
  reference!: string;

  @Column({ type: 'text' })
  currency!: string;

  @Column(optional(money))
  opening!: bigint | null;

  @Column(optional(money))
  closing!: bigint | null;

  /** The sum of its lines. */
  @Column(money)
  movement!: bigint;

  @Column(optional({ type: 'date' }))
  closingOn!: string | null;

  @Column({ type: 'text' })
  fileName!: string;

  @Column({ type: 'text' })
  fileSha256!: string;

  @Column({ type: 'uuid' })
  importedBy!: string;

  @Column(instant)
  importedAt!: Date;
}
