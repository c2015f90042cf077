import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../../platform/database/columns.js';
import type {
  CsvEncoding,
  DecimalMark,
  Delimiter,
  MappedColumn,
  ThousandsMark,
} from './csv-mapping.rules.js';

/** How the CSV statements of a pool’s account are to be read. */
@Entity('csv_mappings')
export class CsvMappingEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  poolId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  delimiter!: Delimiter;

  @Column({ type: 'text' })
  encoding!: CsvEncoding;

  /** As an editor counts; 0 where the file has no heading. */
  @Column({ type: 'int' })
  headingLine!: number;

  @Column({ type: 'text' })
  dateFormat!: string;

  @Column({ type: 'text' })
  decimalMark!: DecimalMark;

  @Column({ type: 'text' })
  thousandsMark!: ThousandsMark;

  /** Which account the files are of: a CSV file does not say. */
  @Column({ type: 'text' })
  account!: string;

  @Column({ type: 'jsonb' })
  columns!: MappedColumn[];

  @Column({ type: 'uuid' })
  madeBy!: string;

  @Column(instant)
  madeAt!: Date;

  @Column({ type: 'int' })
  version!: number;
}
