import { CheckboxField, MultiChoiceField, RadioField } from '../forms/choices.js';
import {
  AmountField,
  ChoiceField,
  DayField,
  LongTextField,
  NumberField,
  TextField,
} from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { RowsField } from '../forms/rows.js';

const frequencies = [
  { value: 'quarterly', label: 'Every quarter' },
  { value: 'yearly', label: 'Every year' },
];

/** Every field, some refused, some filled. */
export function SampleForm({ csrf }: { csrf: string }) {
  return (
    <Form
      action="#"
      csrf={csrf}
      locale="en-GB"
      submit="Sign the pledge of £42,500.00"
      cancelHref="#"
      errors={[
        {
          pointer: '/amount',
          code: 'amountAmbiguous',
          message: '"1.250" can be read in two ways. Write "1250.00" if you mean thousands.',
        },
        {
          pointer: '/instalments/1/dueOn',
          code: 'dateOutOfRange',
          message: 'The second instalment must come after the first.',
        },
      ]}
      values={{
        name: 'Core support 2027–2031',
        amount: '1.250',
        match: '1,250.5',
        signedOn: '2026-11-23',
        frequency: 'yearly',
        roles: ['funder'],
        instalments: [
          { dueOn: '2027-01-04', amount: '21,250' },
          { dueOn: '2026-01-04', amount: '21 250.00' },
        ],
      }}
    >
      <TextField name="name" label="Name" help="As it stands in the agreement." />
      <AmountField name="amount" label="Amount" currency="GBP" />
      <AmountField
        name="match"
        label="Match money"
        currency="GBP"
        optional
        help="Amounts such as 1,250.5 are understood."
      />
      <DayField name="signedOn" label="Signed on" />
      <NumberField name="grace" label="Grace" unit="days" optional />
      <ChoiceField name="frequency" label="Frequency" options={frequencies} />
      <RadioField
        name="attribution"
        label="Whose money pays"
        options={[
          { value: 'proRata', label: 'Pro rata', note: 'By each funder’s remaining balance.' },
          { value: 'fifo', label: 'Oldest first', note: 'The oldest contribution first.' },
        ]}
      />
      <MultiChoiceField
        name="roles"
        label="Roles"
        options={[
          { value: 'funder', label: 'Funder' },
          { value: 'finance', label: 'Finance' },
        ]}
      />
      <RowsField
        name="instalments"
        legend="Instalments"
        help="A table can be pasted."
        blank={1}
        columns={[
          { name: 'dueOn', label: 'Expected on', kind: 'day' },
          { name: 'amount', label: 'Amount', kind: 'amount', currency: 'GBP' },
        ]}
      />
      <LongTextField name="story" label="Story" optional help="In a few sentences." />
      <CheckboxField name="anonymous" label="Do not name us in public" />
    </Form>
  );
}
