import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../platform/http/request.js';
import type { KeyedSubjectKind } from './decision-subjects.js';

/** Which seats vote in a coalition, and what takes a passed decision there. Without a row the usual holds. */
@Entity('decision_settings')
export class DecisionSettingsEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'text', array: true })
  votingRoles!: Role[];

  @Column({ type: 'text', array: true })
  neededFor!: KeyedSubjectKind[];

  @Column({ type: 'integer' })
  version!: number;
}
