import { IntersectionType, OmitType, PartialType } from '@nestjs/swagger';
import type { FieldError } from '../platform/errors/domain-error.js';
import { Decimal, Integer, Percents, Rate } from '../platform/http/fields.js';
import { DraftGrant, ScheduleInput } from './grant.dto.js';
import { rateOfPercent } from './uplift-percent.js';

/** A draft as its form sends it: the same as the API takes, but for the rates, which people say in per cent. */
export class GrantForm extends DraftGrant {
  @Decimal({ optional: true, example: '2.5' }) upliftPercent?: string;
  @Percents({ optional: true, example: '2.5; 3; 2' }) upliftPercents?: string;
  @Rate({ optional: true, example: '7' }) overheadPercent?: string;
}

/** The form sends everything, and the version it was drawn from. */
export class GrantChangeForm extends GrantForm {
  @Integer(1, 1_000_000_000) version!: number;
}

/** To look at the schedule, its own fields are enough; the others may be missing still. */
export class SchedulePreviewForm extends IntersectionType(
  ScheduleInput,
  PartialType(OmitType(GrantChangeForm, ['amount', 'firstOn', 'everyMonths'])),
) {}

/** What rules say of a rate, said of the field in which it is typed in per cent; a table of rates is one field. */
export const placedInForm = (errors: readonly FieldError[]): FieldError[] =>
  errors.map(({ pointer, ...error }) => ({
    ...error,
    pointer: pointer
      .replace(/^\/upliftRate$/, '/upliftPercent')
      .replace(/^\/upliftIndex(\/\d+)?$/, '/upliftPercents')
      .replace(/^\/overheadRate$/, '/overheadPercent'),
  }));

/** What the form says, as the service takes it. */
export const withRate = <
  Terms extends { upliftPercent?: string; upliftPercents?: string; overheadPercent?: string },
>({
  upliftPercent,
  upliftPercents,
  overheadPercent,
  ...terms
}: Terms) => ({
  ...terms,
  overheadRate: overheadPercent && rateOfPercent(overheadPercent),
  upliftRate: upliftPercent && rateOfPercent(upliftPercent),
  upliftIndex: upliftPercents?.split(';').map((percent) => rateOfPercent(percent.trim())),
});
