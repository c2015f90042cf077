import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a coalition prepares to share with everybody. Nobody outside sees any of it: they see editions. */
@Entity('toolkits')
export class ToolkitEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid' }) coalitionId!: string;
  /** The last part of its public address. */
  @Column({ type: 'text' }) slug!: string;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) introduction!: string;
  /** Whether who wrote an entry is told to the public. */
  @Column({ type: 'boolean' }) namesPeople!: boolean;
  @Column({ type: 'integer' }) version!: number;
}
