import { Column, Entity, PrimaryColumn } from 'typeorm';
import { money, optional } from '../../../platform/database/columns.js';

const fromKind = optional({ type: 'uuid', insert: false, update: false });

/**
 * What a line of the bank, or a part of one, was found to be: a document by its kind and id. The parts of a matched line
 * sum to it. Minor units: what came is positive.
 */
@Entity('bank_line_parts')
export class BankLinePartEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  lineId!: string;

  @Column({ type: 'int' })
  number!: number;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'uuid' })
  subjectId!: string;

  @Column(money)
  amount!: bigint;

  /** Whether the line has posted the document; otherwise it was recorded before, and only found. */
  @Column({ type: 'boolean' })
  posted!: boolean;

  /** PostgreSQL fills these from kind and id: they carry the foreign keys. */
  @Column(fromKind)
  disbursementId!: string | null;

  @Column(fromKind)
  contributionId!: string | null;

  @Column(fromKind)
  bankChargeId!: string | null;

  @Column(fromKind)
  refundId!: string | null;

  @Column(fromKind)
  feePaymentId!: string | null;

  @Column(fromKind)
  grantReturnId!: string | null;

  @Column(fromKind)
  outcomeReceiptId!: string | null;

  @Column(fromKind)
  drawdownReceiptId!: string | null;

  @Column(fromKind)
  providerAdvanceId!: string | null;

  @Column(fromKind)
  distributionId!: string | null;
}
