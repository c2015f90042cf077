import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../platform/database/columns.js';

/** A report that comes round on a recurrence. */
@Entity('subscriptions')
export class SubscriptionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

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
}
