import { PartialType } from '@nestjs/swagger';
import { type BusinessDayRule, businessDayRules } from '../maths/business-day.js';
import type { Day } from '../maths/day.js';
import { Shown, ShownDay, ShownId, ShownInstant } from '../platform/http/answers.js';
import { Choice, Text } from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';
import type { Role } from '../platform/http/request.js';
import { type CoalitionKind, coalitionKinds } from './coalition.entity.js';
import type { CoalitionTerms } from './coalition.rules.js';

/** A new coalition. Whoever founds it holds its first backbone seat. */
export class FoundCoalition {
  @Text({ example: 'Harbour Young People' })
  name!: string;

  @Text({ max: 2000, example: 'Every child in the harbour wards is ready for school by 2031.' })
  commonAgenda!: string;

  @Choice(coalitionKinds, { description: '`coordinating` lives in a place, `transforming` changes a system' })
  kind!: CoalitionKind;

  @Text({ max: 60, description: 'An IANA time zone', example: 'Europe/London' })
  timeZone!: string;

  @Choice(businessDayRules, { description: 'Where a due date goes when it is no business day' })
  businessDay!: BusinessDayRule;

  @Text({ optional: true, max: 20, description: 'Public holidays of a place', example: 'GB-ENG' })
  holidays?: string | null;
}

/** What is not named stays as it is. */
export class ChangeCoalition extends PartialType(FoundCoalition, { skipNullProperties: false }) {}

export class CoalitionsQuery extends ListQuery {
  @Choice(coalitionKinds, { optional: true })
  kind?: CoalitionKind;
}

export class CoalitionAnswer {
  @ShownId()
  id!: string;

  @Shown({ example: 'Harbour Young People' })
  name!: string;

  @Shown()
  commonAgenda!: string;

  @Shown({ enum: coalitionKinds })
  kind!: CoalitionKind;

  @Shown({ example: 'Europe/London' })
  timeZone!: string;

  @Shown({ enum: businessDayRules })
  businessDay!: BusinessDayRule;

  @Shown({ type: String, nullable: true, example: 'GB-ENG' })
  holidays!: string | null;

  @Shown({ type: [String], description: 'The seats you hold in it today', example: ['backbone'] })
  roles!: Role[];

  @ShownDay({ description: 'The date in its time zone' })
  today!: Day;

  @ShownInstant()
  createdAt!: string;

  @Shown({ type: 'integer' })
  version!: number;
}

/** A coalition as it is read from the database. */
export interface CoalitionRow extends CoalitionTerms {
  id: string;
  roles: Role[];
  createdAt: Date;
  version: number;
}

export const toCoalitionAnswer = (row: CoalitionRow, today: Day): CoalitionAnswer => ({
  id: row.id,
  name: row.name,
  commonAgenda: row.commonAgenda,
  kind: row.kind,
  timeZone: row.timeZone,
  businessDay: row.businessDay,
  holidays: row.holidays,
  roles: row.roles,
  today,
  createdAt: row.createdAt.toISOString(),
  version: row.version,
});
