import type { ComponentChildren } from 'preact';
import { currencyOptions } from '../../pools/currency-options.js';
import { MultiChoiceField, RadioField } from '../../web/forms/choices.js';
import { ChoiceField } from '../../web/forms/fields.js';
import { useField, useRowCount } from '../../web/forms/form.js';
import { RowsField } from '../../web/forms/rows.js';
import { definitionOf, reportKinds } from '../definitions/report-definitions.js';
import type { ReportFormat } from '../writers/report-writer.js';
import { reportFormats } from '../writers/report-writers.js';

/** What the fields of a report offer to choose from. */
export interface TermsChoices {
  pool: string;
  coalition: string;
  currency: string;
  funders: { id: string; name: string }[];
  /** Those whose money the person sees. */
  coalitions: { id: string; name: string }[];
}

interface Props {
  choices: TermsChoices;
  locale: string;
  /** What a form asks of time: a period, or how often it comes round. */
  when: ComponentChildren;
}

const formatWords: Record<ReportFormat, { label: string; note: string }> = {
  pdf: { label: 'PDF', note: 'For a board: charts, tables, control totals' },
  xlsx: { label: 'Excel workbook', note: 'Typed figures, totals as formulas' },
  csv: { label: 'CSV', note: 'Every row, for other programs' },
  hledger: {
    label: 'hledger journal',
    note: 'Of a general ledger: the entries, to be added up by a program that is not ours',
  },
};

/** Which report, about whose money, when, counted how, and in which files. */
export function TermsFields({ choices, locale, when }: Props) {
  const { pool, coalition, coalitions } = choices;
  return (
    <>
      <div class="tb-report-kinds">
        <RadioField
          name="kind"
          label="Which report"
          options={reportKinds.map((value) => {
            const { title, summary } = definitionOf(value);
            return { value, label: title, note: summary };
          })}
        />
      </div>
      <RadioField
        name="scope"
        label="About whose money"
        options={[
          { value: 'pool', label: pool },
          { value: 'coalition', label: `All pools of ${coalition}` },
          ...(coalitions.length > 1
            ? [
                { value: 'coalitions', label: 'Some coalitions' },
                {
                  value: 'everything',
                  label: 'Every coalition whose money you see',
                  note: `${coalitions.length} today`,
                },
              ]
            : []),
        ]}
      />
      {coalitions.length > 1 && (
        <div class="tb-report-coalitions">
          <MultiChoiceField
            name="coalitionIds"
            label="Which coalitions"
            options={coalitions.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </div>
      )}
      {when}
      <FormatsField />
      <Rare choices={choices} locale={locale} />
    </>
  );
}

/** The files that a report is written as. */
export const FormatsField = () => (
  <MultiChoiceField
    name="formats"
    label="As which files"
    options={(['pdf', 'xlsx', 'csv', 'hledger'] as const)
      .filter((format) => reportFormats.includes(format))
      .map((value) => ({ value, ...formatWords[value] }))}
  />
);

export const basisOptions = [
  { value: 'occurred', label: 'it happened', note: 'The day of the bank, the day of the signature' },
  { value: 'recorded', label: 'it was recorded', note: 'The day on which the books learned of it' },
];

/** What few reports need: folded away until it is filled in. */
function Rare({ choices: { currency, funders }, locale }: Omit<Props, 'when'>) {
  const isFilled = [useField('funderId'), useField('currency')].some(({ value }) => Boolean(value));
  const isRefused = [useField('basis'), useField('funderId'), useField('currency'), useField('rates')].some(
    ({ error }) => error !== undefined,
  );
  const isOpen = isFilled || isRefused || useRowCount('rates') > 0 || useField('basis').value === 'recorded';
  return (
    <details class="tb-more" open={isOpen}>
      <summary>Dates, one funder, another currency</summary>
      <RadioField name="basis" label="An entry counts on the day" options={basisOptions} />
      <ChoiceField
        name="funderId"
        label="One funder"
        optional
        placeholder="Every funder"
        help="For a statement of one funder alone."
        options={funders.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <ChoiceField
        name="currency"
        label="Shown in"
        optional
        placeholder={`Each pool’s own currency, such as ${currency}`}
        help="At the rates below. Control totals stay in the currency of the ledger."
        options={currencyOptions(locale)}
      />
      <RowsField
        name="rates"
        legend="At which rates"
        help="How much of the currency above one of a pool’s currency is, and who says so."
        columns={[
          { name: 'from', label: 'One', kind: 'text' },
          { name: 'rate', label: 'Is worth', kind: 'text' },
          { name: 'source', label: 'Source', kind: 'text' },
        ]}
        blank={1}
        most={20}
        totalled={false}
      />
    </details>
  );
}
