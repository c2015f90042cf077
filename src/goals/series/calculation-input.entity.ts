import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { InputPart } from './series.js';

/** What something calculated is calculated from: an indicator from indicators, a measure from measures. */
@Entity('calculation_inputs')
export class CalculationInputEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid' }) coalitionId!: string;
  @Column({ type: 'uuid', nullable: true }) indicatorId!: string | null;
  @Column({ type: 'uuid', nullable: true }) measureId!: string | null;
  @Column({ type: 'uuid', nullable: true }) inputIndicatorId!: string | null;
  @Column({ type: 'uuid', nullable: true }) inputMeasureId!: string | null;
  @Column({ type: 'text' }) part!: InputPart;
  @Column({ type: 'integer' }) position!: number;
}
