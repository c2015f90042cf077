import type { Day } from '../maths/day.js';
import { Shown, ShownDay, ShownId } from '../platform/http/answers.js';
import { CalendarDay, Choice, Email, Id, Text } from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';
import { members } from '../platform/http/access.js';
import type { Role } from '../platform/http/request.js';
import { type Period, type Standing, standingOn, standings } from './period.js';

/** A seat for somebody the coalition knows (`personId`), or for whoever has this e-mail address. */
export class GiveSeat {
  @Id({ optional: true, description: 'Somebody who shares a coalition with you' })
  personId?: string | null;

  @Email({
    optional: true,
    description: 'Whoever is not known yet is invited by mail',
    example: 'ana@example.org',
  })
  email?: string | null;

  @Text({ optional: true, description: 'Needed for somebody who is not known yet', example: 'Ana Duarte' })
  name?: string | null;

  @Choice(members)
  role!: Role;

  @Id({ optional: true, description: 'On whose behalf; a funder and a partner need one' })
  organisationId?: string | null;

  @CalendarDay({ optional: true, description: 'The first day; today, if left out' })
  sinceOn?: Day | null;

  @CalendarDay({ optional: true, description: 'The last day; open-ended, if left out' })
  untilOn?: Day | null;
}

export class EndPeriod {
  @CalendarDay({ optional: true, description: 'The last day; today, if left out' })
  untilOn?: Day | null;
}

export class MembershipsQuery extends ListQuery {
  @Text({ optional: true, max: 100, description: 'A part of the person’s name or e-mail address' })
  person?: string;

  @Choice(members, { optional: true })
  role?: Role;

  @Choice(standings, { optional: true })
  standing?: Standing;

  @Id({ optional: true })
  personId?: string;

  @Id({ optional: true })
  organisationId?: string;
}

export class MembershipAnswer {
  @ShownId()
  id!: string;

  @ShownId()
  coalitionId!: string;

  @ShownId()
  personId!: string;

  @Shown({ example: 'Ana Duarte' })
  personName!: string;

  @Shown({ format: 'email', example: 'ana@example.org' })
  email!: string;

  @Shown({ enum: members })
  role!: Role;

  @ShownId({ nullable: true })
  organisationId!: string | null;

  @Shown({ type: String, nullable: true, example: 'Harbour Foundation' })
  organisationName!: string | null;

  @ShownDay()
  sinceOn!: Day;

  @ShownDay({ nullable: true, description: 'The last day' })
  untilOn!: Day | null;

  @Shown({ enum: standings, description: 'By the coalition’s today' })
  standing!: Standing;
}

/** A seat as it is read from the database. */
export interface MembershipRow extends Period {
  id: string;
  coalitionId: string;
  personId: string;
  personName: string;
  email: string;
  role: Role;
  organisationId: string | null;
  organisationName: string | null;
}

export const toMembershipAnswer = (row: MembershipRow, today: Day): MembershipAnswer => ({
  id: row.id,
  coalitionId: row.coalitionId,
  personId: row.personId,
  personName: row.personName,
  email: row.email,
  role: row.role,
  organisationId: row.organisationId,
  organisationName: row.organisationName,
  sinceOn: row.sinceOn,
  untilOn: row.untilOn,
  standing: standingOn(row, today),
});
