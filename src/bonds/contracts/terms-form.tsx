import { Card } from '../../web/components/card.js';
import { CheckboxField, RadioField } from '../../web/forms/choices.js';
import {
  AmountField,
  ChoiceField,
  DayField,
  NumberField,
  type Option,
  TextField,
} from '../../web/forms/fields.js';
import { type RowColumn, RowsField } from '../../web/forms/rows.js';
import { claimsEvery, compoundings, dayCounts, metricKinds, shareRules, tierKinds } from './bond-terms.js';
import { type Edges, edgeKinds } from './terms-form.dto.js';
import { everyNames, kindNames, shareRuleNames, shareRuleNotes, tierNames } from './terms-words.js';

export interface TermsFieldsProps {
  currency: string;
  /** The organisations of the coalition. */
  organisations: readonly Option[];
  /** Those who may verify in person. */
  people: readonly Option[];
}

const edgeNames: Record<Edges, string> = {
  inOut: 'from … to below …',
  inIn: 'from … to …, both in',
  outIn: 'above … to …, the last in',
  outOut: 'above … to below …',
};

const edgeColumn: RowColumn = {
  name: 'edges',
  label: 'Ends',
  kind: 'choice',
  options: edgeKinds.map((value) => ({ value, label: edgeNames[value] })),
};

const named = <Value extends string>(values: readonly Value[], names: Record<Value, string>): Option[] =>
  values.map((value) => ({ value, label: names[value] }));

/**
 * The fields of a contract's terms, section by section: they stand in any form whose values are a `TermsForm`, such as
 * the draft's or a designer's.
 */
export function TermsFields(props: TermsFieldsProps) {
  return (
    <>
      <Card title="Term and claims">
        <DayField name="startOn" label="Term begins" />
        <DayField name="endOn" label="Term ends" />
        <ChoiceField
          name="claimsEvery"
          label="Claims"
          options={named(claimsEvery, everyNames)}
          help="How long the period of a claim is; periods are counted from the beginning of the term."
        />
        <NumberField name="invoiceDueDays" label="Invoices are due" unit="days after they are sent" />
      </Card>
      <RateCardFields {...props} />
      <PayerFields {...props} />
      <VerifierFields {...props} />
      <InvestorFields {...props} />
      <ReturnFields {...props} />
      <CloseFields {...props} />
    </>
  );
}

function RateCardFields({ currency }: TermsFieldsProps) {
  return (
    <Card title="Rate card" note="What is paid for, and how much">
      <RowsField
        name="rateCard"
        legend="Outcomes"
        help="One row each. A price where it is paid by number or by person; without one, its bands below say what it is worth."
        totalled={false}
        most={500}
        blank={2}
        columns={[
          { name: 'metric', label: 'Name', kind: 'text' },
          { name: 'title', label: 'What it is', kind: 'text' },
          { name: 'kind', label: 'Paid', kind: 'choice', options: named(metricKinds, kindNames) },
          { name: 'price', label: 'Price', kind: 'amount', currency },
          { name: 'unit', label: 'Unit', kind: 'text', optional: true },
          { name: 'cap', label: 'Cap', kind: 'amount', currency, optional: true },
          {
            name: 'mode',
            label: 'Between bands',
            kind: 'choice',
            options: [
              { value: 'step', label: 'a step' },
              { value: 'interpolated', label: 'a straight line' },
            ],
          },
        ]}
      />
      <RowsField
        name="bands"
        legend="Bands"
        help="What a value is worth, for outcomes that are paid by band, threshold or improvement. Leave “from” empty for no beginning, “to” for no end. Bands of one outcome may neither overlap nor leave a gap."
        totalled={false}
        most={900}
        blank={3}
        columns={[
          { name: 'metric', label: 'Outcome', kind: 'text' },
          { name: 'from', label: 'From', kind: 'text', optional: true },
          { name: 'to', label: 'To', kind: 'text', optional: true },
          edgeColumn,
          { name: 'price', label: 'Price', kind: 'amount', currency },
        ]}
      />
      <RowsField
        name="fallbacks"
        legend="Pooled fallbacks of thresholds"
        help="Where a claim misses its threshold, the mean value of all claims so far, by quantity, may reach this one: then it is paid at this price, and so are the earlier ones that had missed."
        totalled={false}
        most={500}
        blank={1}
        columns={[
          { name: 'metric', label: 'Outcome', kind: 'text' },
          { name: 'from', label: 'From', kind: 'text', optional: true },
          { name: 'to', label: 'To', kind: 'text', optional: true },
          edgeColumn,
          { name: 'price', label: 'Price', kind: 'amount', currency },
        ]}
      />
      <AmountField name="capBond" label="Cap over all, ever" currency={currency} optional />
      <AmountField name="capPeriod" label="Cap in one period" currency={currency} optional />
      <AmountField name="capPerson" label="Cap for one person" currency={currency} optional />
      <CheckboxField
        name="carryForward"
        label="What a period’s cap trims is claimed again in the next period"
        help="Otherwise it is lost. Either way it is listed with the claim."
      />
    </Card>
  );
}

function PayerFields({ currency, organisations }: TermsFieldsProps) {
  return (
    <Card title="Outcome payers" note="Nobody pays another’s share">
      <RadioField
        name="shareRule"
        label="How they share"
        options={shareRules.map((value) => ({
          ...{ value, label: shareRuleNames[value], note: shareRuleNotes[value] },
        }))}
      />
      <RowsField
        name="payers"
        legend="Payers"
        help="A weight where shares are fixed; the outcomes each pays for, such as “signUp, attendance”, or none for all."
        totalled={false}
        most={100}
        blank={2}
        columns={[
          { name: 'organisationId', label: 'Payer', kind: 'choice', options: organisations },
          { name: 'weight', label: 'Weight', kind: 'text', optional: true },
          { name: 'metrics', label: 'Pays for', kind: 'text', optional: true },
          { name: 'cap', label: 'Cap', kind: 'amount', currency, optional: true },
        ]}
      />
      <RowsField
        name="weights"
        legend="Weights by outcome"
        help="Only where shares go by metric: one row for each payer and outcome."
        totalled={false}
        most={900}
        blank={2}
        columns={[
          { name: 'organisationId', label: 'Payer', kind: 'choice', options: organisations },
          { name: 'metric', label: 'Outcome', kind: 'text' },
          { name: 'weight', label: 'Weight', kind: 'text' },
        ]}
      />
    </Card>
  );
}

function VerifierFields({ organisations, people }: TermsFieldsProps) {
  return (
    <Card title="Verifier" note="Neither the provider nor an investor, nor anybody who sits for them">
      <ChoiceField
        name="verifierOrganisationId"
        label="An organisation"
        options={organisations}
        placeholder="none"
        optional
      />
      <ChoiceField name="verifierPersonId" label="Or a person" options={people} placeholder="none" optional />
    </Card>
  );
}

function InvestorFields({ currency, organisations }: TermsFieldsProps) {
  return (
    <Card title="Investors" note="They lend the working capital">
      <RowsField
        name="investors"
        legend="Commitments"
        most={100}
        blank={2}
        columns={[
          { name: 'organisationId', label: 'Investor', kind: 'choice', options: organisations },
          { name: 'commitment', label: 'Commitment', kind: 'amount', currency },
        ]}
      />
    </Card>
  );
}

const couponColumns: readonly RowColumn[] = [
  { name: 'from', label: 'From (% of plan)', kind: 'text', optional: true },
  { name: 'to', label: 'To (% of plan)', kind: 'text', optional: true },
  edgeColumn,
];

function ReturnFields({ currency }: TermsFieldsProps) {
  return (
    <Card title="How capital comes back">
      <RadioField
        name="returnsKind"
        label="Returns"
        options={[
          { value: 'waterfall', label: 'A waterfall of tiers', note: 'Paid in order until the money ends.' },
          {
            value: 'couponLadder',
            label: 'A coupon ladder',
            note: 'Capital, and a coupon by how much of the plan was reached.',
          },
        ]}
      />
      <RowsField
        name="tiers"
        legend="Tiers of a waterfall, in their order"
        help="A fee has an amount; a preferred return a rate, how days are counted and how it grows; an IRR a rate; what is left three shares in per cent, “investors; provider; pool”, such as 20; 30; 50."
        totalled={false}
        most={40}
        blank={2}
        columns={[
          { name: 'kind', label: 'Tier', kind: 'choice', options: named(tierKinds, tierNames) },
          { name: 'amount', label: 'Amount', kind: 'amount', currency, optional: true },
          { name: 'percent', label: 'Rate (%)', kind: 'text', optional: true },
          {
            name: 'dayCount',
            label: 'Days',
            kind: 'choice',
            options: dayCounts.map((value) => ({ value, label: value })),
          },
          {
            name: 'compounding',
            label: 'Growth',
            kind: 'choice',
            options: named(compoundings, { none: 'simple', yearly: 'compounded yearly' }),
          },
          { name: 'shares', label: 'Shares (%)', kind: 'text', optional: true },
        ]}
      />
      <ChoiceField
        name="couponDayCount"
        label="Days of a coupon ladder"
        options={dayCounts.map((value) => ({ value, label: value }))}
        placeholder="none"
        optional
      />
      <RowsField
        name="couponBands"
        legend="Coupons of a ladder"
        help="By outcome payments as a percentage of what the plan expected of the same time."
        totalled={false}
        most={100}
        blank={2}
        columns={[...couponColumns, { name: 'percent', label: 'Coupon (%)', kind: 'text' }]}
      />
    </Card>
  );
}

function CloseFields({ organisations }: TermsFieldsProps) {
  return (
    <Card title="If it goes badly, and what is left">
      <ChoiceField name="guarantorId" label="Guarantor" options={organisations} placeholder="none" optional />
      <TextField
        name="guaranteePercent"
        label="Guaranteed, in per cent"
        optional
        maxLength={20}
        help="Of the capital that is not returned when the bond closes."
      />
      <RowsField
        name="twoSidedBands"
        legend="Investors pay in where outcomes are poor"
        help="By the percentage of the plan that was reached: a share of their drawn capital, in per cent."
        totalled={false}
        most={100}
        blank={1}
        columns={[...couponColumns, { name: 'percent', label: 'Pay in (%)', kind: 'text' }]}
      />
      <RadioField
        name="surplusRule"
        label="What is left at the close"
        options={[
          { value: 'payersByPaid', label: 'To the payers', note: 'By what each has paid.' },
          { value: 'shares', label: 'By shares', note: 'As they stand below.' },
        ]}
      />
      <RowsField
        name="surplusShares"
        legend="Shares of the surplus"
        totalled={false}
        most={100}
        blank={1}
        columns={[
          { name: 'organisationId', label: 'Organisation', kind: 'choice', options: organisations },
          { name: 'percent', label: 'Share (%)', kind: 'text' },
        ]}
      />
    </Card>
  );
}

/** What a new contract begins with. */
export const usualTerms = {
  claimsEvery: 'quarterly',
  invoiceDueDays: '30',
  shareRule: 'fixed',
  returnsKind: 'waterfall',
  surplusRule: 'payersByPaid',
  carryForward: false,
};
