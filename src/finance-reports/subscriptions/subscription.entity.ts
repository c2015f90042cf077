import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../platform/database/columns.js';

/** A report that comes round on a recurrence. */
@Entity('subscriptions')
export class SubscriptionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid', nullable: true })
  poolId!: string | null;

  @Column({ type: 'text' })
  reportKind!: string;

  @Column({ type: 'text', array: true })
  formats!: string[];

  @Column({ type: 'jsonb' })
  recurrence!: unknown;

  @Column({ type: 'uuid' })
  ownerId!: string;

  @Column({ type: 'text' })
  state!: string;

  @Column(instant)
  createdAt!: Date;

  @Column({ type: 'integer' })
  version!: number;

  @Column({ type: 'text' })
  scope!: string;

  /** Those that it was subscribed to over; `everything` is looked up at each run. */
  @Column({ type: 'uuid', array: true })
  coalitionIds!: string[];

  @Column({ type: 'text' })
  basis!: string;

  @Column({ type: 'uuid', nullable: true })
  funderId!: string | null;

  @Column({ type: 'text', nullable: true })
  currency!: string | null;

  @Column({ type: 'jsonb' })
  rates!: unknown;

  /** Which period it is about, reckoned from when it comes round. */
  @Column({ type: 'text' })
  period!: string;
}
