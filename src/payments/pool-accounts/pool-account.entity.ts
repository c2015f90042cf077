import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optional } from '../../platform/database/columns.js';

export const poolAccountStates = ['proposed', 'inUse', 'replaced', 'rejected'] as const;
export type PoolAccountState = (typeof poolAccountStates)[number];

/** An account that a pool pays from, paid from, or was to. Never changed: another is proposed, and follows it. */
@Entity('pool_bank_accounts')
export class PoolAccountEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  iban!: string;

  @Column({ type: 'text', nullable: true })
  bic!: string | null;

  @Column({ type: 'text' })
  state!: PoolAccountState;

  @Column({ type: 'text' })
  reason!: string;

  /** Null where it was set before that took two people. */
  @Column({ type: 'uuid', nullable: true })
  approvalId!: string | null;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;

  @Column(optional(instant))
  approvedAt!: Date | null;
}
