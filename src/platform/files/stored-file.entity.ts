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

  /** Null where it is kept in pieces. */
  @Column({ type: 'bytea', nullable: true })
  content!: Buffer | null;

  /** Where it tells of several coalitions: who does not see each of them does not see it. */
  @Column({ type: 'uuid', array: true, nullable: true })
  coalitionIds!: string[] | null;

  @Column(instant)
  createdAt!: Date;
}
