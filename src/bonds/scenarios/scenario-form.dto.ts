import { Amount, CalendarDay, Decimal, Integer, Metric, Nested, Text } from '../../platform/http/fields.js';
import type { FormShape } from '../../web/forms/read-form.js';
import { TermsForm } from '../contracts/terms-form.dto.js';

/** The most scenarios that stand beside each other in the form. The API takes more. */
export const scenarioColumns = ['s1', 's2', 's3', 's4', 's5'] as const;

/** What is supposed of one outcome in one period, scenario by scenario. */
export class OutcomeRow {
  @Integer(1, 1200) period!: number;
  @Metric() metric!: string;
  @Decimal({ optional: true }) s1?: string;
  @Decimal({ optional: true }) s2?: string;
  @Decimal({ optional: true }) s3?: string;
  @Decimal({ optional: true }) s4?: string;
  @Decimal({ optional: true }) s5?: string;
}

export class CostRow {
  @CalendarDay() on!: string;
  @Amount() amount!: string;
}

const rows = { optional: true, many: true, least: 0 } as const;

/** Scenarios as their form holds them: a column each. */
export class ScenariosForm {
  @Text({ max: 300, example: 'Low; Base; High' }) names!: string;
  @Text({ optional: true, max: 60, example: 'Base' }) planName?: string;
  @Nested(() => OutcomeRow, { ...rows, most: 400 }) outcomes?: OutcomeRow[];
  @Nested(() => CostRow, { ...rows, most: 120 }) costs?: CostRow[];
}

/** The designer: terms that are drafted, and what they would come to. */
export class DesignForm extends TermsForm {
  @Integer(1, 1_000_000_000) version!: number;
  @Text({ max: 300 }) names!: string;
  @Text({ optional: true, max: 60 }) planName?: string;
  @Nested(() => OutcomeRow, { ...rows, most: 400 }) outcomes?: OutcomeRow[];
  @Nested(() => CostRow, { ...rows, most: 120 }) costs?: CostRow[];
}

export const scenariosShape = (currency: string): FormShape => ({ amounts: { 'costs[].amount': currency } });
