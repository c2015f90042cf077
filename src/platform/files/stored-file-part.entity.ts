import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A piece of a file that is too large to be held whole: 1 MiB at most. */
@Entity('stored_file_parts')
export class StoredFilePartEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  coalitionId!: string;

  @Column({ type: 'uuid' })
  fileId!: string;

  /** From 1. */
  @Column({ type: 'integer' })
  number!: number;

  @Column({ type: 'bytea' })
  content!: Buffer;
}
