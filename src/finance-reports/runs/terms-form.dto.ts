import { fieldError } from '../../platform/errors/domain-error.js';
import { Choice, Choices, CurrencyCode, Id, Ids, Nested, Rate, Text } from '../../platform/http/fields.js';
import { type ReportKind, reportKinds } from '../definitions/report-definitions.js';
import type { Basis } from '../documents/report-document.js';
import type { ReportFormat } from '../writers/report-writer.js';
import { reportFormats } from '../writers/report-writers.js';
import type { ReportScope, ReportTerms } from './run-order.js';

/** Whose money a form asks about: it stands at a pool. */
export const formScopes = ['pool', 'coalition', 'coalitions', 'everything'] as const;

/** A rate as a form asks for it: into the one currency that the report is shown in. */
export class StatedRateRow {
  @CurrencyCode() from!: string;
  @Rate() rate!: string;
  @Text({ max: 100 }) source!: string;
}

/** What a form asks of a report, whether it is made once or comes round. */
export class ReportTermsForm {
  @Choice(reportKinds) kind!: ReportKind;
  @Choice(formScopes, { optional: true }) scope?: (typeof formScopes)[number];
  @Ids({ optional: true, most: 200 }) coalitionIds?: string[];
  @Choice(['occurred', 'recorded'], { optional: true }) basis?: Basis;
  @Choices(reportFormats) formats!: ReportFormat[];
  @Id({ optional: true }) funderId?: string;
  @CurrencyCode({ optional: true }) currency?: string;
  @Nested(() => StatedRateRow, { optional: true, many: true, least: 0, most: 20 }) rates?: StatedRateRow[];
}

export const termsOfForm = ({
  kind,
  basis,
  formats,
  funderId,
  currency,
  rates,
}: ReportTermsForm): ReportTerms => ({
  ...{ kind, basis: basis ?? 'occurred', formats, funderId: funderId ?? null },
  currency: currency ?? null,
  rates: currency
    ? (rates ?? []).map(({ from, rate, source }) => ({ from, to: currency, rate, source }))
    : [],
});

/** @throws ruleBroken at `/coalitionIds` where several are wanted and none is chosen */
export function scopeOfForm(
  { scope = 'pool', coalitionIds = [] }: ReportTermsForm,
  here: { poolId: string; coalitionId: string },
): ReportScope {
  if (scope === 'everything') return { kind: 'everything' };
  if (scope === 'coalitions') {
    if (coalitionIds.length === 0)
      throw fieldError('ruleBroken', '/coalitionIds', 'Choose the coalitions that the report is about.');
    return { kind: 'coalitions', coalitionIds };
  }
  return scope === 'coalition'
    ? { kind: 'coalition', coalitionId: here.coalitionId }
    : { kind: 'pool', poolId: here.poolId };
}
