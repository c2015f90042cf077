import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../platform/database/columns.js';
import type { KeyedSubjectKind } from './decision-subjects.js';

/** What a passed decision was the key of. It opens one door, once. */
@Entity('decision_uses')
export class DecisionUseEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  decisionId!: string;

  @Column({ type: 'text' })
  subjectKind!: KeyedSubjectKind;

  @Column({ type: 'uuid' })
  subjectId!: string;

  /** "the award of G-7". */
  @Column({ type: 'text' })
  usedFor!: string;

  @Column({ type: 'uuid', nullable: true })
  usedBy!: string | null;

  @Column(instant)
  usedAt!: Date;
}
