import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../platform/database/columns.js';

/** That a pool's people were told of a funding cliff: once for a cliff and a distance. Amounts in minor units. */
@Entity('cliff_notices')
export class CliffNoticeEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'text' })
  cliffMonth!: string;

  @Column({ type: 'integer' })
  monthsAhead!: number;

  @Column({ type: 'bigint' })
  shortBy!: bigint;

  @Column(instant)
  toldAt!: Date;
}
