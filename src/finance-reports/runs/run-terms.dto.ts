import { Choice, Choices, CurrencyCode, Id, Nested, Rate, Text } from '../../platform/http/fields.js';
import { type ReportKind, reportKinds } from '../definitions/report-definitions.js';
import type { Basis } from '../documents/report-document.js';
import type { ReportFormat } from '../writers/report-writer.js';
import { reportFormats } from '../writers/report-writers.js';
import type { ReportTerms } from './run-order.js';

/** How much of one currency one of another is, as the reader states it. */
export class StatedRateInput {
  @CurrencyCode({ description: 'The pool’s' }) from!: string;
  @CurrencyCode({ description: 'In which the report is shown', example: 'EUR' }) to!: string;
  @Rate({ example: '1.1542', description: 'How much of `to` one of `from` is' }) rate!: string;
  @Text({ max: 100, example: 'ECB, 30 November 2026' }) source!: string;
}

/** What a report shows, whoever it is about and whenever it is made. */
export class ReportTermsInput {
  @Choice(reportKinds) kind!: ReportKind;
  @Choice(['occurred', 'recorded'], {
    optional: true,
    description: 'Whether a day is the day it happened, or the day it was recorded; recorded if left out',
  })
  basis?: Basis;
  @Id({ optional: true, description: 'One funder, where the report is about a funder' }) funderId?: string;
  @CurrencyCode({
    optional: true,
    description: 'Shown in this currency, at stated rates; the pools’ if left out',
  })
  currency?: string;
  @Nested(() => StatedRateInput, { optional: true, many: true, least: 0, most: 50 })
  rates?: StatedRateInput[];
  @Choices(reportFormats, { optional: true, description: 'CSV if left out' }) formats?: ReportFormat[];
}

export const termsOf = ({
  kind,
  basis,
  funderId,
  currency,
  rates,
  formats,
}: ReportTermsInput): ReportTerms => ({
  kind,
  basis: basis ?? 'recorded',
  funderId: funderId ?? null,
  currency: currency ?? null,
  rates: (rates ?? []).map(({ from, to, rate, source }) => ({ from, to, rate, source })),
  formats: [...new Set(formats ?? ['csv' as const])],
});
