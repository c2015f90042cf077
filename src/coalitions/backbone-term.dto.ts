import type { Day } from '../maths/day.js';
import { Shown, ShownDay, ShownId } from '../platform/http/answers.js';
import { CalendarDay, Id } from '../platform/http/fields.js';
import { type Sector, sectors } from './organisation.entity.js';
import { neutralityNote } from './organisation.rules.js';
import { type Period, type Standing, standingOn, standings } from './period.js';

export class NameBackbone {
  @Id({ description: 'An organisation of the coalition that is neither its funder nor its grantee' })
  organisationId!: string;

  @CalendarDay({ optional: true, description: 'The first day; today, if left out' })
  sinceOn?: Day | null;

  @CalendarDay({ optional: true, description: 'The last day; open-ended, if left out' })
  untilOn?: Day | null;
}

export class BackboneTermAnswer {
  @ShownId()
  id!: string;

  @ShownId()
  coalitionId!: string;

  @ShownId()
  organisationId!: string;

  @Shown({ example: 'Harbour Commons' })
  organisationName!: string;

  @Shown({ enum: sectors })
  sector!: Sector;

  @Shown({
    type: String,
    nullable: true,
    description: 'What members should know when the backbone is not of the third sector',
  })
  neutralityNote!: string | null;

  @ShownDay()
  sinceOn!: Day;

  @ShownDay({ nullable: true, description: 'The last day' })
  untilOn!: Day | null;

  @Shown({ enum: standings, description: 'By the coalition’s today' })
  standing!: Standing;
}

/** A term as it is read from the database. */
export interface BackboneTermRow extends Period {
  id: string;
  coalitionId: string;
  organisationId: string;
  organisationName: string;
  sector: Sector;
}

export const toBackboneTermAnswer = (row: BackboneTermRow, today: Day): BackboneTermAnswer => ({
  id: row.id,
  coalitionId: row.coalitionId,
  organisationId: row.organisationId,
  organisationName: row.organisationName,
  sector: row.sector,
  neutralityNote: neutralityNote({ name: row.organisationName, sector: row.sector }),
  sinceOn: row.sinceOn,
  untilOn: row.untilOn,
  standing: standingOn(row, today),
});
