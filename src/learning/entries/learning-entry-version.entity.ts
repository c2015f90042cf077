import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../maths/day.js';
import { day, instant } from '../../platform/database/columns.js';

/** What a learning entry said, from its first words to those that hold. */
@Entity('learning_entry_versions')
export class LearningEntryVersionEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid' }) coalitionId!: string;
  @Column({ type: 'uuid' }) entryId!: string;
  @Column({ type: 'integer' }) version!: number;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) action!: string;
  @Column({ type: 'text' }) observation!: string;
  @Column({ type: 'text' }) reflection!: string;
  @Column({ type: 'text' }) nextStep!: string;
  @Column(day) happenedOn!: Day;
  @Column({ type: 'text', array: true }) tags!: string[];
  @Column({ type: 'uuid' }) writtenBy!: string;
  @Column(instant) writtenAt!: Date;
}
