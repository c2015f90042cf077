import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../platform/database/columns.js';
import type { CurveSection } from './turning.rules.js';

/** The story behind a curve, or what works, as it was written once. Append-only: the newest is the one that stands. */
@Entity('curve_texts')
export class CurveTextEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid' }) coalitionId!: string;
  @Column({ type: 'uuid' }) indicatorId!: string;
  @Column({ type: 'text' }) section!: CurveSection;
  @Column({ type: 'integer' }) number!: number;
  @Column({ type: 'text' }) body!: string;
  @Column({ type: 'uuid', nullable: true }) writtenBy!: string | null;
  @Column(instant) writtenAt!: Date;
}
