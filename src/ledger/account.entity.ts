import { Column, Entity, PrimaryColumn } from 'typeorm';
import { money } from '../platform/database/columns.js';
import type { AccountKind, Book } from './chart-of-accounts.js';

/** An account of a pool. Its balance is the sum of its postings: the database carries it, nobody sets it. */
@Entity('accounts')
export class AccountEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'text' })
  book!: Book;

  @Column({ type: 'text' })
  kind!: AccountKind;

  @Column({ type: 'uuid' })
  subjectId!: string;

  /** The goal that a fund balance is restricted to. */
  @Column({ type: 'uuid', nullable: true })
  earmarkId!: string | null;

  @Column({ type: 'text' })
  currency!: string;

  /** Debits are positive, credits negative. */
  @Column(money)
  balance!: bigint;
}
