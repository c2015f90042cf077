import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../platform/database/columns.js';

/** Somebody with a part to play in turning a curve, of the coalition or not. */
@Entity('curve_partners')
export class CurvePartnerEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid' }) coalitionId!: string;
  @Column({ type: 'uuid' }) indicatorId!: string;
  /** Where it is an organisation of the coalition. */
  @Column({ type: 'uuid', nullable: true }) organisationId!: string | null;
  @Column({ type: 'text' }) name!: string;
  /** What it brings. */
  @Column({ type: 'text' }) contribution!: string;
  @Column(instant) addedAt!: Date;
}
