import type { Day } from '../../../maths/day.js';
import { Card, Columns } from '../../../web/components/card.js';
import { MoneyCell } from '../../../web/components/money.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { Table } from '../../../web/components/table.js';
import { AmountField, ChoiceField, DayField, LongTextField } from '../../../web/forms/fields.js';
import { Form } from '../../../web/forms/form.js';
import type { PageContext } from '../../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../../web/pages.js';
import { Shell } from '../../../web/shell.js';
import { localeOf } from '../../contracts/bond-frame.js';
import type { Bond } from '../../contracts/bonds.read.js';
import type { InvestorStanding } from '../investor-flows.read.js';

interface Props {
  page: PageContext;
  view: { bond: Bond; investors: InvestorStanding[]; today: Day };
  refusal?: Refusal;
}

/** Calls capital from an investor, with what each committed and was called for beside it. */
export function CallFormPage({ page, view, refusal }: Props) {
  const { bond, investors, today } = view;
  return (
    <Shell page={page}>
      <PageHeader title="Call capital" facts={<a href={`/bonds/${bond.id}/investors`}>{bond.title}</a>} />
      <Columns kind="main">
        <Card title="The call">
          <Form
            action={`/bonds/${bond.id}/drawdown-calls`}
            csrf={page.csrf}
            locale={localeOf(page)}
            idempotencyKey={newIdempotencyKey()}
            values={refusal?.values ?? {}}
            errors={refusal?.errors}
            detail={refusal?.detail}
            submit="Call it"
            cancelHref={`/bonds/${bond.id}/investors`}
          >
            <ChoiceField
              name="partyId"
              label="From"
              placeholder="Choose an investor"
              options={investors.map(({ partyId, investor }) => ({ value: partyId, label: investor }))}
            />
            <AmountField name="amount" label="Amount" currency={bond.currency} />
            <DayField name="dueOn" label="Due on" min={today} />
            <LongTextField name="reason" label="What for" rows={2} maxLength={500} />
          </Form>
        </Card>
        <Open page={page} view={view} />
      </Columns>
    </Shell>
  );
}

function Open({ page, view: { bond, investors } }: Omit<Props, 'refusal'>) {
  const money = (minor: bigint) => (
    <MoneyCell minor={minor} currency={bond.currency} locale={localeOf(page)} />
  );
  return (
    <Card title="What can be called" note={`In ${bond.currency}`} flush>
      <Table
        caption={`What each investor of ${bond.reference} committed and was called for, in ${bond.currency}`}
        rows={investors}
        empty={{
          icon: 'cash',
          title: 'No investor',
          text: 'The contract that holds names nobody who lends to this bond.',
        }}
        columns={[
          { heading: 'Investor', cell: ({ investor }) => investor },
          { heading: 'Committed', kind: 'number', cell: ({ commitment }) => money(commitment) },
          {
            heading: 'Not called yet',
            kind: 'number',
            cell: ({ commitment, called }) => money(commitment > called ? commitment - called : 0n),
          },
        ]}
      />
    </Card>
  );
}
