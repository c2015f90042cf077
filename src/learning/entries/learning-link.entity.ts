import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../platform/database/columns.js';

/** What a learning entry is linked to: see `linkKinds`. */
@Entity('learning_links')
export class LearningLinkEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid' }) coalitionId!: string;
  @Column({ type: 'uuid' }) entryId!: string;
  @Column({ type: 'text' }) kind!: string;
  @Column({ type: 'uuid' }) subjectId!: string;
  @Column({ type: 'uuid', nullable: true }) linkedBy!: string | null;
  @Column(instant) linkedAt!: Date;
}
