import { ApiProperty, PartialType } from '@nestjs/swagger';
import type { Day } from '../../maths/day.js';
import { Shown, ShownDay, ShownId, ShownInstant } from '../../platform/http/answers.js';
import { CalendarDay, Choice, Id, Text } from '../../platform/http/fields.js';
import type { CurveAction, CurvePartner, CurveText } from './turning.read.js';
import { type ActionState, actionStates, type CurveSection, curveSections } from './turning.rules.js';

/** Writes the story behind the curve, or what works, anew. What was written before stays. */
export class WriteText {
  @Choice(curveSections) section!: CurveSection;
  @Text({ max: 8000, example: 'Waiting lists for speech therapy have doubled since 2024.' }) body!: string;
}

export class AddPartner {
  @Text({ max: 200, optional: true, example: 'Public library', description: 'Of one that is no member' })
  name?: string | null;
  @Id({ optional: true, description: 'An organisation of the coalition' }) organisationId?: string | null;
  @Text({ max: 500, optional: true, example: 'Story hours in every ward' }) contribution?: string | null;
}

export class AddAction {
  @Text({ example: 'Open two speech therapy places' }) title!: string;
  @Text({ max: 2000, optional: true }) detail?: string | null;
  @Id({ description: 'The person who sees to it' }) ownerId!: string;
  @CalendarDay({ example: '2026-09-01' }) startsOn!: Day;
  @CalendarDay({ example: '2027-03-31' }) dueOn!: Day;
}

/** What is not named stays as it is. */
export class ChangeAction extends PartialType(AddAction, { skipNullProperties: false }) {}

export class EndAction {
  @CalendarDay({ example: '2027-02-20' }) endedOn!: Day;
  @Text({ max: 1000, optional: true, description: 'What came of it; needed where it is dropped' })
  note?: string | null;
}

export class CurveTextAnswer {
  @Shown({ enum: curveSections }) section!: CurveSection;
  @Shown({ type: 'integer' }) number!: number;
  @Shown() body!: string;
  @Shown({ type: String, nullable: true }) writtenBy!: string | null;
  @ShownInstant() writtenAt!: string;
}

export class CurvePartnerAnswer {
  @ShownId() id!: string;
  @ShownId({ nullable: true }) organisationId!: string | null;
  @Shown({ example: 'Public library' }) name!: string;
  @Shown() contribution!: string;
}

export class CurveActionAnswer {
  @ShownId() id!: string;
  @ShownId() indicatorId!: string;
  @Shown() title!: string;
  @Shown() detail!: string;
  @ShownId() ownerId!: string;
  @Shown({ example: 'Ana Duarte' }) owner!: string;
  @ShownDay() startsOn!: Day;
  @ShownDay() dueOn!: Day;
  @Shown({ enum: actionStates }) state!: ActionState;
  @ShownDay({ nullable: true }) endedOn!: Day | null;
  @Shown() note!: string;
  @Shown({ type: 'integer' }) version!: number;
}

/** What is said of a curve and done about it. */
export class TurningAnswer {
  @ApiProperty({ type: [CurveTextAnswer], description: 'The newest first' }) texts!: CurveTextAnswer[];
  @ApiProperty({ type: [CurvePartnerAnswer] }) partners!: CurvePartnerAnswer[];
  @ApiProperty({ type: [CurveActionAnswer] }) actions!: CurveActionAnswer[];
}

export const toTextAnswer = ({ writtenAt, ...text }: CurveText): CurveTextAnswer => ({
  ...text,
  writtenAt: writtenAt.toISOString(),
});

export const toPartnerAnswer = (partner: CurvePartner): CurvePartnerAnswer => ({ ...partner });

export const toActionAnswer = ({ coalitionId: _, ...action }: CurveAction): CurveActionAnswer => action;
