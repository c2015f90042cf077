import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../../platform/database/columns.js';

/** A list as somebody narrowed and sorted it, under a name of theirs. */
@Entity('saved_views')
export class SavedViewEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid' })
  personId!: string;

  /** Of the page that holds the list: `/pools/{id}/pledges`. */
  @Column({ type: 'text' })
  path!: string;

  /** What is asked of it: `state=signed&sort=-amount`. */
  @Column({ type: 'text' })
  query!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column(instant)
  createdAt!: Date;
}
