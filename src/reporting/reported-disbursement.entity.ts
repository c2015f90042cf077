import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A payment that a submitted report counts as received. No payment is counted by two reports. */
@Entity('reported_disbursements')
export class ReportedDisbursementEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  spendReportId!: string;

  @Column({ type: 'uuid' })
  disbursementId!: string;
}
