import { Column, Entity, PrimaryColumn } from 'typeorm';
import { day, instant, money, optional } from '../../platform/database/columns.js';
import type { InvoiceSource } from './invoice.rules.js';

/** What one payer of a bond owes for a claim, or for an instalment of a suspension's schedule. Minor units. */
@Entity('outcome_invoices')
export class OutcomeInvoiceEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  bondId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'uuid' })
  partyId!: string;

  @Column({ type: 'integer' })
  number!: number;

  @Column({ type: 'text' })
  sourceKind!: InvoiceSource['kind'];

  @Column({ type: 'uuid' })
  sourceId!: string;

  @Column(money)
  amount!: bigint;

  @Column(money)
  received!: bigint;

  @Column(money)
  cancelled!: bigint;

  @Column({ type: 'text' })
  currency!: string;

  @Column(day)
  issuedOn!: string;

  @Column(day)
  dueOn!: string;

  @Column({ type: 'uuid' })
  entryId!: string;

  @Column(optional({ type: 'uuid' }))
  issuedBy!: string | null;

  @Column(instant)
  issuedAt!: Date;
}
