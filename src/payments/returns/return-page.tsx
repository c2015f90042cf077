import type { Day } from '../../maths/day.js';
import type { HistoryEvent } from '../../platform/audit/history.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { History } from '../../web/components/history.js';
import { KeyValue } from '../../web/components/key-value.js';
import { MoneyCell } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { Table } from '../../web/components/table.js';
import { DayField, LongTextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { moneyText, shareText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { GrantReturn, ReturnPart } from './returns.read.js';

interface Props {
  page: PageContext;
  view: {
    returned: GrantReturn;
    parts: ReturnPart[];
    history: HistoryEvent[];
    personId: string | undefined;
    today: Day;
    timeZone: string;
  };
  refusal?: Refusal;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** What a partner gave back: who got what of it, and its entry. */
export function ReturnPage({ page, view, refusal }: Props) {
  const { returned, history, today, timeZone } = view;
  const locale = localeOf(page);
  return (
    <Shell page={page}>
      <PageHeader
        title={`Return of ${moneyText(returned.amount, returned.currency, locale)}`}
        facts={
          <>
            <span>{returned.bankReference}</span>
            <a href={`/grants/${returned.grantId}`}>{returned.grantReference}</a>
            <a href={`/organisations/${returned.organisationId}`}>{returned.organisation}</a>
          </>
        }
      />
      {returned.reversalReason !== null && (
        <Notice kind="warning" text={`Reversed: ${returned.reversalReason}. It counts no more.`} />
      )}
      <Columns kind="main">
        <WhoGotIt page={page} view={view} />
        <Stack>
          <Card title="The return">
            <KeyValue
              pairs={[
                ['Grant', <a href={`/grants/${returned.grantId}`}>{returned.grantTitle}</a>],
                ['Received on', <DayText day={returned.receivedOn} today={today} locale={locale} relative />],
                ['Note', returned.note !== '' && returned.note],
                ['Recorded by', returned.recordedBy],
                ['Ledger', <a href={`/entries/${returned.entryId}`}>Its entry</a>],
              ]}
            />
          </Card>
          <Reverse page={page} view={view} refusal={refusal} />
          <Card title="What happened">
            <History
              events={history}
              actions={{ 'grantReturn.received': 'recorded it', 'grantReturn.reversed': 'reversed it' }}
              fields={{}}
              timeZone={timeZone}
              locale={locale}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

function WhoGotIt({ page, view: { returned, parts } }: Props) {
  const { currency, amount: whole } = returned;
  const locale = localeOf(page);
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={currency} locale={locale} />;
  return (
    <Card title="Who got it back" note="Those whose money paid the grant, in the shares that paid it" flush>
      <Table
        caption={`Who got it back, in ${currency}`}
        rows={parts}
        columns={[
          {
            heading: 'Funder',
            cell: ({ funderId, funder, earmark }) => (
              <>
                <a href={`/pools/${returned.poolId}/funders/${funderId}/statement`}>{funder}</a>
                {earmark !== null && <span class="tb-under">restricted to {earmark}</span>}
              </>
            ),
            foot: 'Total',
          },
          { heading: 'Share', kind: 'number', cell: ({ amount }) => shareText(amount, whole, locale) },
          {
            heading: `Amount (${currency})`,
            kind: 'number',
            cell: ({ amount }) => money(amount),
            foot: money(whole),
          },
        ]}
      />
    </Card>
  );
}

/** Only for who may reverse it: a finance officer, and another than who recorded it. */
function Reverse({ page, view: { returned, personId, today }, refusal }: Props) {
  if (returned.reversalReason !== null || !page.coalition?.roles.includes('finance')) return null;
  const isOwn = returned.recordedById === personId;
  return (
    <Card title="Reverse it" note="By somebody else than who recorded it">
      {isOwn ? (
        <Notice text="You recorded this return, so somebody else must reverse it." />
      ) : (
        <Form
          action={`/grant-returns/${returned.id}/reverse`}
          csrf={page.csrf}
          locale={localeOf(page)}
          idempotencyKey={newIdempotencyKey()}
          values={refusal?.values ?? { occurredOn: today }}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Reverse the return"
          plain
        >
          <LongTextField name="reason" label="Why" rows={2} maxLength={500} />
          <DayField name="occurredOn" label="Date of the reversal" min={returned.receivedOn} max={today} />
        </Form>
      )}
    </Card>
  );
}
