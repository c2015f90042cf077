import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../platform/database/columns.js';

/** How an organisation says that what it does leads to the coalition's goals. The newest version is the one it holds. */
@Entity('theories_of_change')
export class TheoryOfChangeEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  organisationId!: string;

  @Column({ type: 'integer' })
  version!: number;

  @Column({ type: 'text' })
  statement!: string;

  @Column({ type: 'uuid', nullable: true })
  writtenBy!: string | null;

  @Column(instant)
  writtenAt!: Date;
}
