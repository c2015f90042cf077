import { Column, Entity, PrimaryColumn } from 'typeorm';

export const toolkitItemKinds = ['page', 'goal', 'learningEntry', 'decision'] as const;
export type ToolkitItemKind = (typeof toolkitItemKinds)[number];

/** Something that the coalition chose to share: a thing of its own, or a page written for the purpose. */
@Entity('toolkit_items')
export class ToolkitItemEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid' }) coalitionId!: string;
  @Column({ type: 'uuid' }) toolkitId!: string;
  @Column({ type: 'integer' }) position!: number;
  @Column({ type: 'text' }) kind!: ToolkitItemKind;
  @Column({ type: 'uuid', nullable: true }) subjectId!: string | null;
  @Column({ type: 'text', nullable: true }) title!: string | null;
  @Column({ type: 'text', nullable: true }) body!: string | null;
}
