import { Card } from '../../web/components/card.js';
import { EmptyState } from '../../web/components/empty-state.js';
import { PageHeader } from '../../web/components/page-links.js';
import {
  AmountField,
  ChoiceField,
  DayField,
  HiddenField,
  type Option,
  TextField,
} from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { RowsField } from '../../web/forms/rows.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { currencyOptions } from '../currency-options.js';
import { EarmarkFields } from '../earmark-fields.js';
import { localeOf, mayDo } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';

interface Props {
  page: PageContext;
  pool: PoolOfPage;
  /** The organisations for which this person may sign. */
  funders: readonly Option[];
  /** In which the pledge is made. */
  currency: string;
  earmarks: { goals: readonly Option[]; grants: readonly Option[] };
  refusal?: Refusal;
}

/** Recording a signed pledge, with its instalments. */
export function PledgeFormPage({ page, pool, funders, currency, earmarks, refusal }: Props) {
  const home = `/pools/${pool.id}/pledges`;
  const [only] = funders;
  const first = { signedOn: pool.today, funderId: funders.length === 1 ? only?.value : undefined };
  return (
    <Shell page={page}>
      <PageHeader title="Record a pledge" facts={`A signed promise to ${pool.name}, in instalments`} />
      <Card>
        {funders.length > 0 && <CurrencyOfPledge page={page} home={home} currency={currency} />}
        {funders.length === 0 ? (
          <EmptyState
            icon="users"
            title="There is no funder to choose"
            text="A funder is an organisation of the coalition. It is added first; then it can pledge."
            action={
              mayDo(page).manage
                ? { label: 'Add an organisation', href: `/coalitions/${pool.coalitionId}/organisations/new` }
                : undefined
            }
          />
        ) : (
          <Form
            action={home}
            csrf={page.csrf}
            locale={localeOf(page)}
            idempotencyKey={newIdempotencyKey()}
            values={refusal?.values ?? first}
            errors={refusal?.errors}
            detail={refusal?.detail}
            submit="Record the pledge"
            cancelHref={home}
          >
            <ChoiceField
              name="funderId"
              label="Funder"
              options={funders}
              placeholder={funders.length > 1 ? 'Choose the funder' : undefined}
            />
            <TextField
              name="reference"
              label="Reference"
              maxLength={80}
              help="As the funder’s letter or agreement has it. Each is used once in the pool."
            />
            <DayField name="signedOn" label="Signed on" max={pool.today} />
            <HiddenField name="currency" value={currency} />
            {currency !== pool.currency && (
              <TextField
                name="planningRate"
                label="Planning rate"
                autocomplete="off"
                help={`How many ${pool.currency} to plan with for one ${currency}, such as 0.8650. What arrives is booked as it arrives.`}
              />
            )}
            <AmountField name="amount" label="Pledged in all" currency={currency} />
            <EarmarkFields {...earmarks} nothing="Not restricted" />
            <RowsField
              name="instalments"
              legend="Instalments"
              help="When each part is expected, the earliest first; together they are the whole pledge. A table can be pasted."
              columns={[
                { name: 'dueOn', label: 'Due on', kind: 'day' },
                { name: 'amount', label: 'Amount', kind: 'amount', currency },
              ]}
              blank={5}
              most={240}
            />
          </Form>
        )}
      </Card>
    </Shell>
  );
}

/** The currency is chosen first, because every amount below is read in it. */
function CurrencyOfPledge({ page, home, currency }: { page: PageContext; home: string; currency: string }) {
  return (
    <form class="tb-filters tb-filters-of-form" method="get" action={`${home}/new`}>
      <label class="tb-filter">
        <span>In which currency</span>
        <select class="form-select" name="currency">
          {currencyOptions(localeOf(page)).map(({ value, label }) => (
            <option value={value} selected={value === currency}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <div class="tb-filter-actions">
        <button class="btn" type="submit">
          Choose
        </button>
      </div>
    </form>
  );
}
