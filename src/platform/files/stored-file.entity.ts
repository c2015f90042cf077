import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, money } from '../database/columns.js';

/** A file, kept once for its coalition by the SHA-256 of its content. */
@Entity('stored_files')
export class StoredFileEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'text' })
  sha256!: string;

  @Column({ type: 'text' })
  mediaType!: string;

  @Column(money)
  sizeBytes!: bigint;

  @Column({ type: 'bytea' })
  content!: Buffer;

  @Column(instant)
  createdAt!: Date;
}
