import type { Day } from '../../maths/day.js';
import { cashForecast } from '../charts/cash-forecast.js';
import { ChartFigure } from '../charts/chart-figure.js';
import { pledgedBesideReceived } from '../charts/pledged-beside-received.js';
import { shareBar } from '../charts/share-bar.js';
import { ActionButton, ActionLink, Actions } from '../components/actions.js';
import { Card, Columns } from '../components/card.js';
import { DayText, InstantText } from '../components/dates.js';
import { EmptyState } from '../components/empty-state.js';
import { KeyValue } from '../components/key-value.js';
import { Money, MoneyCell } from '../components/money.js';
import { PageHeader, Pagination, Tabs } from '../components/page-links.js';
import { Notice } from '../components/problem.js';
import { Stat, StatRow } from '../components/stat.js';
import { StatusBadge, states, type StateOf } from '../components/status-badge.js';
import { Table } from '../components/table.js';
import { Audit, Steps, Timeline } from '../components/timeline.js';
import type { PageContext } from '../page-context.js';
import { Shell } from '../shell.js';
import { SampleForm } from './style-guide-form.js';

const settings = { currency: 'GBP', locale: 'en-GB' };
const gbp = (minor: bigint) => <Money minor={minor} {...settings} />;
const cell = (minor: bigint) => <MoneyCell minor={minor} {...settings} />;
const today: Day = '2026-11-23';
const day = (on: Day, relative = false) => (
  <DayText day={on} today={today} locale="en-GB" relative={relative} />
);

/** Every part in every state, for those who build pages. Served in development only. */
export function StyleGuide({ page }: { page: PageContext }) {
  return (
    <Shell page={page}>
      <PageHeader title="Style guide" facts="Every part, in every state">
        <ActionLink label="Open the pool" href="#tables" icon="droplet" />
        <ActionButton label="Release 2 payments, £48,200.00" action="#" csrf={page.csrf} weight="primary" />
      </PageHeader>
      <Figures />
      <Badges />
      <Tables />
      <Charts />
      <Moments page={page} />
      <Card title="Forms" note="One column; labels above, help below, errors beside">
        <SampleForm csrf={page.csrf} />
      </Card>
    </Shell>
  );
}

function Figures() {
  return (
    <StatRow label="Figures">
      <Stat label="Pledged" value={gbp(420_000_000n)} href="#a" note="by 4 funders" />
      <Stat label="Received" value={gbp(290_000_005n)} href="#b" note="69 % of what is pledged" tone="good" />
      <Stat
        label="Short"
        value={gbp(-1_250_050n)}
        href="#c"
        note="below the reserve"
        tone="warning"
        icon="alert-triangle"
      />
      <Stat
        label="Overdue reports"
        value="2"
        href="#d"
        note="oldest 12 days ago"
        tone="bad"
        icon="alert-circle"
      />
    </StatRow>
  );
}

function Badges() {
  const kinds = Object.keys(states) as StateOf[];
  return (
    <Card title="States" note="An icon, a word and a colour; never colour alone">
      <KeyValue
        pairs={kinds.map((kind) => [
          kind,
          <Actions>
            {Object.keys(states[kind]).map((state) => (
              <StatusBadge
                of={kind}
                state={state}
                reason={state === 'held' ? 'short by £1,200.00' : undefined}
              />
            ))}
          </Actions>,
        ])}
      />
    </Card>
  );
}

interface SampleFunder {
  name: string;
  pledged: bigint;
  received: bigint;
  state: string;
}

const funders: SampleFunder[] = [
  { name: 'Northern Lights Trust', pledged: 200_000_000n, received: 150_000_000n, state: 'signed' },
  {
    name: 'Harbour Foundation <& friends>',
    pledged: 120_000_000n,
    received: 120_000_000n,
    state: 'fulfilled',
  },
  { name: 'City of Leith', pledged: 100_000_000n, received: 0n, state: 'draft' },
];

function Tables() {
  return (
    <>
      <Tabs
        label="Views"
        current="#tables"
        tabs={[
          { label: 'Funders', href: '#tables', count: 3 },
          { label: 'Ledger', href: '#ledger' },
        ]}
      />
      <Card id="tables" title="Tables" note="GBP" actions={<a href="#csv">Export CSV</a>} flush>
        <Table
          caption="Funders of the pool, in GBP"
          rows={funders}
          rowHref={(funder) => `#${funder.name}`}
          rowTone={(funder) => (funder.state === 'draft' ? 'muted' : undefined)}
          columns={[
            { heading: 'Funder', cell: (funder) => funder.name, foot: 'Total' },
            { heading: 'Pledge', cell: (funder) => <StatusBadge of="pledge" state={funder.state} /> },
            {
              heading: 'Pledged',
              kind: 'number',
              cell: (funder) => cell(funder.pledged),
              foot: cell(420_000_000n),
              wideOnly: true,
            },
            {
              heading: 'Received',
              kind: 'number',
              cell: (funder) => cell(funder.received),
              foot: cell(270_000_000n),
            },
            {
              heading: 'Actions',
              kind: 'actions',
              cell: () => <ActionLink label="Statement" href="#s" small />,
            },
          ]}
        />
        <Pagination shown={3} total={1184} nextHref="#next" locale="en-GB" />
      </Card>
      <Card title="Empty" flush>
        <EmptyState
          title="No grants yet"
          text="A grant is an award from the pool to an organisation, over several years. Its schedule brings each instalment due."
          action={{ label: 'Award the first grant', href: '#award' }}
          icon="signature"
        />
      </Card>
    </>
  );
}

function Charts() {
  const years = ['2023', '2024', '2025', '2026', '2027', '2028'].map((year, index) => ({
    year,
    pledged: BigInt(40 + index * 9) * 1_000_000n,
    received: index < 4 ? BigInt(40 + index * 8) * 1_000_000n : 0n,
  }));
  const months = Array.from({ length: 24 }, (_, index) => ({
    month: `${2026 + Math.floor((index + 10) / 12)}-${String(((index + 10) % 12) + 1).padStart(2, '0')}`,
    low: BigInt(90 - index * 5) * 1_000_000n,
    expected: BigInt(95 - index * 3 + (index % 6 === 0 ? 12 : 0)) * 1_000_000n,
  }));
  return (
    <>
      <Columns>
        <Card title="Pledged beside received">
          <ChartFigure chart={pledgedBesideReceived(years, settings)} />
        </Card>
        <Card title="Cash forecast">
          <ChartFigure chart={cashForecast(months, 15_000_000n, '2028-02', settings)} />
        </Card>
      </Columns>
      <Card title="Shares">
        <ChartFigure
          chart={shareBar(
            'Whose money',
            funders.map(({ name, pledged }) => ({ label: name, minor: pledged })),
            settings,
          )}
        />
      </Card>
    </>
  );
}

function Moments({ page }: { page: PageContext }) {
  return (
    <>
      <Notice kind="done" text="The pledge is signed. Its first instalment is expected on 4 Jan 2027." />
      <Notice kind="warning" text="One instalment is held: the pool is short by £1,200.00." />
      <Notice kind="problem" text="The payment was returned by the bank." />
      <Card title="Steps">
        <Steps
          label="Payment run"
          steps={[
            { title: 'Due', note: '4 instalments', state: 'done', href: '#due' },
            { title: 'Approve', note: '2 of 4', state: 'current' },
            { title: 'Send', state: 'open' },
            { title: 'Match', state: 'open' },
          ]}
        />
      </Card>
      <Columns kind="main">
        <Card title="Timeline">
          <Timeline
            label="Instalments"
            now={1}
            marks={[
              {
                when: day('2026-04-01'),
                title: 'Year 1, first half',
                figure: gbp(12_500_000n),
                tone: 'good',
                icon: 'check',
                status: <StatusBadge of="instalment" state="paid" />,
              },
              {
                when: day('2026-11-30', true),
                title: 'Year 1, second half',
                figure: gbp(12_500_000n),
                tone: 'warning',
                icon: 'player-pause',
                note: 'Short by £1,200.00',
                status: <StatusBadge of="instalment" state="held" />,
              },
              {
                when: day('2027-04-01'),
                title: 'Year 2, first half',
                figure: gbp(12_500_000n),
                status: <StatusBadge of="instalment" state="planned" />,
              },
            ]}
          />
        </Card>
        <Card title="What happened">
          <Audit
            entries={[
              {
                who: 'Amina Mensah',
                what: 'approved £12,000.00',
                when: <InstantText at={page.now} timeZone="Europe/London" locale="en-GB" />,
              },
              {
                who: 'Tom Okafor',
                what: 'moved the due date',
                when: day('2026-11-20'),
                why: 'The school year starts later.',
              },
            ]}
          />
        </Card>
      </Columns>
    </>
  );
}
