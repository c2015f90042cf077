import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optional } from '../../platform/database/columns.js';
import type { ToolkitContent } from './toolkit-content.js';

export const editionStates = ['asked', 'published', 'refused', 'replaced', 'unpublished'] as const;
export type EditionState = (typeof editionStates)[number];

/** A copy of what was to be shared, as it was when somebody asked for it. Another person published it, or did not. */
@Entity('toolkit_editions')
export class ToolkitEditionEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid' }) coalitionId!: string;
  @Column({ type: 'uuid' }) toolkitId!: string;
  @Column({ type: 'integer' }) number!: number;
  @Column({ type: 'text' }) slug!: string;
  @Column({ type: 'jsonb' }) content!: ToolkitContent;
  @Column({ type: 'text' }) contentHash!: string;
  @Column({ type: 'text' }) state!: EditionState;
  @Column({ type: 'uuid' }) askedBy!: string;
  @Column(instant) askedAt!: Date;
  @Column({ type: 'uuid', nullable: true }) decidedBy!: string | null;
  @Column(optional(instant)) decidedAt!: Date | null;
  @Column({ type: 'uuid', nullable: true }) endedBy!: string | null;
  @Column(optional(instant)) endedAt!: Date | null;
  @Column({ type: 'text', nullable: true }) reason!: string | null;
}
