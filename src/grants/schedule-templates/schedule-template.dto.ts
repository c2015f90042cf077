import { ApiProperty } from '@nestjs/swagger';
import { Shown, ShownId } from '../../platform/http/answers.js';
import { CurrencyCode, Decimal, Id, Integer, Percents, Text } from '../../platform/http/fields.js';
import { ScheduleShapeInput, SliceInput } from '../grant.dto.js';
import type { TypedSlice } from '../grant-schedule.js';
import { shapeText } from './schedule-template-words.js';
import type { ScheduleTemplateRow } from './schedule-templates.read.js';

/** Keeps a schedule under a name: how a grant is paid, whatever its amount and its first day. */
export class SaveScheduleTemplate extends ScheduleShapeInput {
  @Text({ max: 120, example: 'Quarterly, five years' }) name!: string;
  @CurrencyCode({ optional: true, description: 'Of its fixed amounts, if it has any' }) currency?: string;
  @Integer(1, 120, { example: 3 }) everyMonths!: number;
}

/** The same as its form sends it: the uplift in per cent, and the version it was drawn from. */
export class ScheduleTemplateForm extends SaveScheduleTemplate {
  @Decimal({ optional: true, example: '2.5' }) upliftPercent?: string;
  @Percents({ optional: true, example: '2.5; 3; 2' }) upliftPercents?: string;
}

export class ScheduleTemplateChangeForm extends ScheduleTemplateForm {
  @Integer(1, 1_000_000_000) version!: number;
}

/** Which template a form begins with; or which grant a new template is like. */
export class BeginWith {
  @Id({ optional: true }) templateId?: string;
}
export class BeginLike {
  @Id({ optional: true }) grantId?: string;
}

export class ScheduleTemplateAnswer {
  @ShownId() id!: string;
  @Shown() name!: string;
  @Shown({ type: String, nullable: true, description: 'Of its fixed amounts' }) currency!: string | null;
  @Shown({ example: '20 equal instalments, every 3 months' }) text!: string;
  @Shown({ type: 'integer' }) everyMonths!: number;
  @Shown({ type: 'integer', nullable: true }) equalInstalments!: number | null;
  @ApiProperty({ type: [SliceInput], nullable: true }) slices!: TypedSlice[] | null;
  @Shown({ type: String, nullable: true }) upliftRate!: string | null;
  @Shown({ type: [String], nullable: true }) upliftIndex!: string[] | null;
  @Shown({ type: 'integer' }) version!: number;
}

export const toTemplateAnswer = ({
  id,
  name,
  currency,
  shape,
  version,
}: ScheduleTemplateRow): ScheduleTemplateAnswer => ({
  ...{ id, name, currency, text: shapeText(shape, currency), everyMonths: shape.everyMonths },
  equalInstalments: shape.equalInstalments ?? null,
  slices: shape.slices ?? null,
  upliftRate: shape.upliftRate ?? null,
  upliftIndex: shape.upliftIndex ?? null,
  version,
});
