import { Column, Entity, PrimaryColumn } from 'typeorm';
import { day, money, optional } from '../../platform/database/columns.js';

/** An instalment of a suspension’s schedule. Minor units. */
@Entity('substitute_payments')
export class SubstitutePaymentEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  suspensionId!: string;

  @Column({ type: 'integer' })
  number!: number;

  @Column(day)
  dueOn!: string;

  @Column(money)
  amount!: bigint;

  @Column({ type: 'text' })
  state!: 'planned' | 'invoiced';

  @Column(optional(money))
  invoiced!: bigint | null;

  @Column({ type: 'text' })
  note!: string;
}
