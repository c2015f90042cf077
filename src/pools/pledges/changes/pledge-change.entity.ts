import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optional } from '../../../platform/database/columns.js';
import type { PledgeChangeKind, PlanInWords } from './pledge-change.rules.js';

/** One change of a signed pledge. Append-only. Amounts in minor units of the pledge's currency. */
@Entity('pledge_changes')
export class PledgeChangeEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  pledgeId!: string;

  @Column({ type: 'integer' })
  number!: number;

  @Column({ type: 'text' })
  kind!: PledgeChangeKind;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'date' })
  occurredOn!: string;

  @Column({ type: 'bigint' })
  amountBefore!: bigint;

  @Column({ type: 'bigint' })
  amountAfter!: bigint;

  @Column({ type: 'jsonb' })
  planBefore!: PlanInWords;

  @Column({ type: 'jsonb' })
  planAfter!: PlanInWords;

  /** Null where only dates were changed: the ledger holds no due dates. */
  @Column(optional({ type: 'uuid' }))
  entryId!: string | null;

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;
}
