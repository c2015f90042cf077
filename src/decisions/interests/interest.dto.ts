import type { Day } from '../../maths/day.js';
import { Shown, ShownDay, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { CalendarDay, Id, Text } from '../../platform/http/fields.js';
import { ListQuery } from '../../platform/http/list.js';
import { type Period, type Standing, standingOn, standings } from '../../coalitions/period.js';

/** Declares an interest for the register. */
export class DeclareInterest {
  @Id({ optional: true, description: 'Yourself, if left out; of others the backbone records it' })
  personId?: string | null;
  @Id({ description: 'The organisation that the interest is in' }) organisationId!: string;
  @Text({ max: 500, example: 'I am a trustee of it, unpaid.' }) nature!: string;
  @CalendarDay({ optional: true, description: 'The first day; today, if left out' }) sinceOn?: Day | null;
  @CalendarDay({ optional: true, description: 'The last day; open-ended, if left out' }) untilOn?: Day | null;
}

export class InterestsQuery extends ListQuery {
  @Id({ optional: true }) personId?: string;
  @Id({ optional: true }) organisationId?: string;
}

export class InterestAnswer {
  @ShownId() id!: string;
  @ShownId() coalitionId!: string;
  @ShownId() personId!: string;
  @Shown() person!: string;
  @ShownId() organisationId!: string;
  @Shown() organisation!: string;
  @Shown({ example: 'I am a trustee of it, unpaid.' }) nature!: string;
  @ShownDay() sinceOn!: Day;
  @ShownDay({ nullable: true, description: 'The last day' }) untilOn!: Day | null;
  @Shown({ enum: standings, description: 'By the coalition’s today' }) standing!: Standing;
  @Shown({ type: String, nullable: true }) declaredBy!: string | null;
  @ShownInstant() declaredAt!: string;
}

/** A line of the register as it is read from the database. */
export interface InterestRow extends Period {
  id: string;
  coalitionId: string;
  personId: string;
  person: string;
  organisationId: string;
  organisation: string;
  nature: string;
  declaredBy: string | null;
  declaredAt: Date;
}

export const toInterestAnswer = (row: InterestRow, today: Day): InterestAnswer => ({
  ...row,
  standing: standingOn(row, today),
  declaredAt: row.declaredAt.toISOString(),
});
