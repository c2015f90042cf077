import type { Day } from '../maths/day.js';
import { Shown, ShownDay, ShownId } from '../platform/http/answers.js';
import { CalendarDay, Choice, Id, Text } from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';
import { seatFates } from './affiliation.rules.js';
import { type Period, type Standing, standingOn, standings } from './period.js';

/** A person begins to work for an organisation, changes to another, or works for none any more. */
export class ChangeEmployer {
  @Id({ description: 'Somebody with a seat here' }) personId!: string;
  @Id({ optional: true, description: 'The new employer; none, if left out' }) organisationId?: string | null;
  @Text({ optional: true, max: 120, example: 'Programme lead' }) position?: string | null;
  @CalendarDay({ optional: true, description: 'The first day; today, if left out' }) sinceOn?: Day | null;
  @Choice(seatFates, {
    optional: true,
    description:
      'What becomes of the seats held for the employer before: they are kept (if left out), carried to the new one, or ended',
  })
  seats?: string | null;
}

export class AffiliationsQuery extends ListQuery {
  @Id({ optional: true }) personId?: string;
  @Id({ optional: true }) organisationId?: string;
}

export class AffiliationAnswer {
  @ShownId() id!: string;
  @ShownId() coalitionId!: string;
  @ShownId() personId!: string;
  @Shown() person!: string;
  @ShownId() organisationId!: string;
  @Shown() organisation!: string;
  @Shown({ example: 'Programme lead' }) position!: string;
  @ShownDay() sinceOn!: Day;
  @ShownDay({ nullable: true, description: 'The last day' }) untilOn!: Day | null;
  @Shown({ enum: standings, description: 'By the coalition’s today' }) standing!: Standing;
}

/** An affiliation as it is read from the database. */
export interface AffiliationRow extends Period {
  id: string;
  coalitionId: string;
  personId: string;
  person: string;
  organisationId: string;
  organisation: string;
  position: string;
}

export const toAffiliationAnswer = (row: AffiliationRow, today: Day): AffiliationAnswer => ({
  ...row,
  standing: standingOn(row, today),
});
