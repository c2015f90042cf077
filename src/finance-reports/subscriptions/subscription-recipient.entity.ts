import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody who receives a report, as long as they may see it. */
@Entity('subscription_recipients')
export class SubscriptionRecipientEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  subscriptionId!: string;

  @Column({ type: 'uuid' })
  personId!: string;
}
