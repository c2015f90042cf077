import { Card } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { AmountField, ChoiceField, DayField, type Option, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { moneyText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { feeText } from '../policy-words.js';
import { EarmarkFields } from '../earmark-fields.js';
import { PaidAbroadFields } from '../paid-abroad-fields.js';
import { localeOf } from '../pool-frame.js';
import type { PoolOfPage } from '../pool-view.js';

/** A pledge that a contribution can settle. */
export interface OpenPledge {
  id: string;
  reference: string;
  funderId: string;
  funder: string;
  currency: string;
  open: bigint;
}

interface Props {
  page: PageContext;
  pool: PoolOfPage;
  funders: readonly Option[];
  earmarks: { goals: readonly Option[]; grants: readonly Option[] };
  pledges: readonly OpenPledge[];
  /** The pledge that it is meant for, where the form was opened from one, and what is next due of it. */
  meant?: Record<string, string>;
  refusal?: Refusal;
}

/** Recording money that arrived on the bank account. */
export function ContributionFormPage({ page, pool, funders, earmarks, pledges, meant, refusal }: Props) {
  const home = `/pools/${pool.id}/contributions`;
  const locale = localeOf(page);
  return (
    <Shell page={page}>
      <PageHeader title="Record a contribution" facts={`Money that has arrived for ${pool.name}`} />
      <Card>
        <Form
          action={home}
          csrf={page.csrf}
          locale={locale}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values ?? { receivedOn: pool.today, ...meant }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Record the contribution"
          cancelHref={home}
        >
          <ChoiceField name="funderId" label="Funder" options={funders} placeholder="Choose the funder" />
          <AmountField
            name="amount"
            label="Amount"
            currency={pool.currency}
            help={pool.feeOn === 'receipt' && pool.feeHost ? feeText(pool, locale) : undefined}
          />
          <DayField name="receivedOn" label="Received on" max={pool.today} />
          <TextField
            name="bankReference"
            label="Bank reference"
            maxLength={140}
            autocomplete="off"
            help="As it stands on the bank statement. Each is recorded once."
          />
          <ChoiceField
            name="pledgeId"
            label="For the pledge"
            options={pledges.map(({ id, reference, funder, currency, open }) => ({
              value: id,
              label: `${reference} · ${funder} · ${moneyText(open, currency, locale)} open`,
            }))}
            placeholder="The funder’s oldest open instalments"
            optional
            help="What exceeds the pledges stays in the pool as an overpayment."
          />
          <PaidAbroadFields
            currency={pool.currency}
            locale={locale}
            help="As the funder paid it, from the statement. It settles pledges made in that currency."
          />
          <EarmarkFields {...earmarks} nothing="As the pledge says" />
        </Form>
      </Card>
    </Shell>
  );
}
