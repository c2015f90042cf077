import { DecisionKeyField, type KeyChoice } from '../decisions/decision-key-field.js';
import { attributionRules } from '../maths/attribution.js';
import { formatAmount } from '../maths/money.js';
import { Card } from '../web/components/card.js';
import { PageHeader } from '../web/components/page-links.js';
import { RadioField } from '../web/forms/choices.js';
import {
  AmountField,
  ChoiceField,
  HiddenField,
  NumberField,
  type Option,
  TextField,
} from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import { RowsField } from '../web/forms/rows.js';
import type { PageContext } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import { currencyOptions } from './currency-options.js';
import { refundPolicies } from './pool.dto.js';
import { localeOf } from './pool-frame.js';
import { attributionWords, refundWords } from './policy-words.js';
import type { PoolRow } from './pools.service.js';

interface Props {
  page: PageContext;
  action: string;
  cancelHref: string;
  organisations: readonly Option[];
  /** The pool that is changed; without it a new one is opened. */
  pool?: PoolRow;
  /** The decisions that its policies may be changed by. */
  policyKeys?: KeyChoice;
  refusal?: Refusal;
}

/** Opening a pool, or changing its policies. Its currency stays for ever. */
export function PoolFormPage({ page, action, cancelHref, organisations, pool, policyKeys, refusal }: Props) {
  const locale = localeOf(page);
  const values: Readonly<Record<string, unknown>> = refusal?.values ?? (pool ? valuesOf(pool) : firstValues);
  return (
    <Shell page={page}>
      <PageHeader
        title={pool ? `Change ${pool.name}` : 'Open a pool'}
        facts={
          pool
            ? 'Policies hold from now on: what is posted stays as it is'
            : 'One pot of money in one currency, with its policies declared'
        }
      />
      <Card>
        <Form
          action={action}
          csrf={page.csrf}
          locale={locale}
          values={values}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit={pool ? 'Save the policies' : 'Open the pool'}
          cancelHref={cancelHref}
        >
          {pool && (
            <HiddenField
              name="version"
              value={typeof values.version === 'string' ? values.version : String(pool.version)}
            />
          )}
          <TextField name="name" label="Name" maxLength={120} />
          {!pool && (
            <ChoiceField
              name="currency"
              label="Currency"
              options={currencyOptions(locale)}
              placeholder="Choose a currency"
              help="It cannot be changed later."
            />
          )}
          <RadioField
            name="attributionRule"
            label="Whose money pays"
            options={attributionRules.map((value) => ({ value, ...attributionWords[value] }))}
          />
          <RadioField
            name="refundPolicy"
            label="Refunds to funders"
            options={refundPolicies.map((value) => ({ value, ...refundWords[value] }))}
          />
          <AmountOf
            pool={pool}
            name="reserve"
            label="Reserve"
            help="Kept back from every payment and grant."
          />
          <NumberField
            name="confidenceBasisPoints"
            label="Open pledges count"
            unit="basis points"
            optional
            help="How far pledges that have not come yet are counted on when grants are awarded: 10000 is all of it, 8000 is 80 %."
          />
          <NumberField
            name="feeBasisPoints"
            label="Fee"
            unit="basis points"
            optional
            help="What the host charges each time: 100 is 1 %."
          />
          <RadioField
            name="feeOn"
            label="Charged on"
            options={[
              { value: 'receipt', label: 'Each contribution', note: 'It is taken off what came.' },
              {
                value: 'disbursement',
                label: 'Each payment to a grant',
                note: 'It comes on top of what is paid.',
              },
            ]}
          />
          <AmountOf
            pool={pool}
            name="feeMinimum"
            label="At least"
            help="The least that is charged each time."
          />
          <AmountOf pool={pool} name="feeCap" label="At most" help="The most that is charged each time." />
          <ChoiceField
            name="feeHostId"
            label="Host that charges the fee"
            options={organisations}
            placeholder="Nobody"
            optional
          />
          <RowsField
            name="approvalTiers"
            legend="More approvers for more money"
            help="One person approves a payment below all of these amounts. Whoever asks never approves."
            columns={[
              pool
                ? { name: 'above', label: 'Above', kind: 'amount', currency: pool.currency }
                : { name: 'above', label: 'Above', kind: 'text' },
              { name: 'approvers', label: 'Approvers', kind: 'choice', options: approverChoices },
            ]}
            blank={1}
            most={5}
            totalled={false}
          />
          {policyKeys && <DecisionKeyField choice={policyKeys} />}
        </Form>
      </Card>
    </Shell>
  );
}

/** An amount in the pool's currency; before there is a pool, its currency is not known. */
function AmountOf({ pool, ...field }: { pool?: PoolRow; name: string; label: string; help: string }) {
  return pool ? (
    <AmountField {...field} currency={pool.currency} optional />
  ) : (
    <TextField {...field} help={`${field.help} In the pool’s currency.`} autocomplete="off" optional />
  );
}

const approverChoices: Option[] = ['2', '3', '4', '5'].map((value) => ({ value, label: value }));

const firstValues = {
  approvalTiers: [{ above: '0', approvers: '2' }],
  attributionRule: 'pro_rata',
  refundPolicy: 'none',
  confidenceBasisPoints: '10000',
  feeBasisPoints: '0',
  feeOn: 'receipt',
};

const valuesOf = (pool: PoolRow): Record<string, unknown> => ({
  ...pool,
  reserve: formatAmount(pool.reserve, pool.currency),
  feeMinimum: formatAmount(pool.feeMinimum, pool.currency),
  feeCap: pool.feeCap === null ? '' : formatAmount(pool.feeCap, pool.currency),
  approvalTiers: pool.approvalTiers.map(({ above, approvers }) => ({
    above: formatAmount(BigInt(above), pool.currency),
    approvers: String(approvers),
  })),
});
