import type { Day } from '../../maths/day.js';
import type { Page } from '../../platform/http/list.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { PageHeader, Rest } from '../../web/components/page-links.js';
import { Table } from '../../web/components/table.js';
import { DayField, TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { ReportTabs } from '../report-tabs.js';
import type { StatedRateAnswer } from './funder-report.dto.js';

interface Props {
  page: PageContext;
  view: {
    coalitionId: string;
    funders: { id: string; name: string }[];
    rates: Page<StatedRateAnswer>;
    today: Day;
  };
  refusal?: Refusal;
}

/** One report serves every funder: who they are, and the rates at which they read it. */
export function ForFundersPage({ page, view, refusal }: Props) {
  const { coalitionId, funders } = view;
  const mayState = page.coalition?.roles.some((role) => role === 'finance' || role === 'backbone') ?? false;
  const home = `${coalitionPath(coalitionId, 'reports')}/for-funders`;
  return (
    <Shell page={page}>
      <PageHeader title="Reports" facts="Partners report once; every funder reads it in its own way" />
      <ReportTabs page={page} coalitionId={coalitionId} current="funders" />
      <Columns kind="main">
        <Stack>
          <Card title="Funders" note="What was accepted, in the year, currency and language of each" flush>
            <Table
              caption="Funders"
              rows={funders}
              rowHref={({ id }) => `${home}/${id}`}
              empty={{
                icon: 'heart-handshake',
                title: 'No funders yet',
                text: 'Who has pledged stands here.',
              }}
              columns={[{ heading: 'Funder', cell: ({ name }) => name }]}
            />
          </Card>
          <Rates page={page} view={view} />
        </Stack>
        {mayState && <StateRateCard page={page} home={home} today={view.today} refusal={refusal} />}
      </Columns>
    </Shell>
  );
}

function Rates({ page, view: { coalitionId, rates, today } }: Props) {
  const locale = page.person?.locale ?? 'en-GB';
  const { items, total } = rates;
  return (
    <Card title="Stated rates" note="A report is read at the rate of the day its period ends" flush>
      <Table
        caption="Stated rates, newest first"
        rows={items}
        empty={{
          icon: 'exchange',
          title: 'No rates yet',
          text: 'They are needed where a funder reads another currency.',
        }}
        columns={[
          {
            heading: 'Rate',
            cell: ({ fromCurrency, toCurrency, rate, source }) => (
              <>
                1 {fromCurrency} = {rate} {toCurrency}
                <span class="tb-under">{source}</span>
              </>
            ),
          },
          {
            heading: 'From',
            cell: ({ statedOn }) => <DayText day={statedOn} today={today} locale={locale} />,
          },
          { heading: 'Stated by', wideOnly: true, cell: ({ madeBy }) => madeBy },
        ]}
      />
      <Rest
        count={total - items.length}
        href={`/api/v1/coalitions/${coalitionId}/stated-rates?format=csv`}
        label="Export all of them"
      />
    </Card>
  );
}

function StateRateCard({
  page,
  home,
  today,
  refusal,
}: {
  page: PageContext;
  home: string;
  today: Day;
  refusal?: Refusal;
}) {
  return (
    <Card title="State a rate" note="Only for reading: no money is booked by it">
      <Form
        action={`${home}/rates`}
        csrf={page.csrf}
        locale={page.person?.locale ?? 'en-GB'}
        values={refusal?.values ?? { statedOn: today }}
        errors={refusal?.errors}
        detail={refusal?.detail}
        submit="State the rate"
      >
        <TextField name="fromCurrency" label="One of" maxLength={3} placeholder="GBP" />
        <TextField name="rate" label="is so many" placeholder="1.1725" />
        <TextField name="toCurrency" label="of" maxLength={3} placeholder="EUR" />
        <DayField name="statedOn" label="From this day on" />
        <TextField name="source" label="Where it is from" maxLength={200} />
      </Form>
    </Card>
  );
}
