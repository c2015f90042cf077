import { ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { Filters } from '../../web/components/filters.js';
import { Money, MoneyCell } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { Stat, StatRow } from '../../web/components/stat.js';
import { Table } from '../../web/components/table.js';
import { dayText, moneyText, plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { withQuery } from '../../web/read-query.js';
import { Shell } from '../../web/shell.js';
import { localeOf } from '../pool-frame.js';
import type { FunderStatement, StatementLine } from './funder-statement.js';
import type { GoalShare, GrantShare } from './movements.read.js';
import { partNames, statementParts } from './statement.rules.js';

interface Props {
  page: PageContext;
  statement: FunderStatement;
}

/** What became of a funder’s money: where it began, what came and went, which grants it paid, where it ended. */
export function StatementPage({ page, statement }: Props) {
  const locale = localeOf(page);
  const { poolId, pool, funderId, funder, from, to, today } = statement;
  const home = `/pools/${poolId}/funders/${funderId}/statement`;
  return (
    <Shell page={page}>
      <PageHeader
        title={`Statement of ${funder}`}
        facts={`${pool} · ${dayText(from, locale)} to ${dayText(to, locale)}`}
      >
        <ActionLink label="Export CSV" href={withQuery(`/api/v1${home}.csv`, { from, to })} icon="download" />
      </PageHeader>
      <Filters
        action={home}
        values={{ from, to }}
        filters={[
          { kind: 'day', name: 'from', label: 'From' },
          { kind: 'day', name: 'to', label: 'Through' },
        ]}
      />
      {to >= today && (
        <Notice
          kind="notice"
          text={`The period is not over: it runs through ${dayText(to, locale)}. This is what happened by today, ${dayText(today, locale)}.`}
        />
      )}
      <Figures page={page} statement={statement} />
      <Columns kind="main">
        <Stack>
          <Grants page={page} statement={statement} />
          <Lines page={page} statement={statement} />
        </Stack>
        <Stack>
          <Summary page={page} statement={statement} />
          <Goals page={page} statement={statement} />
        </Stack>
      </Columns>
    </Shell>
  );
}

function Figures({ page, statement }: Props) {
  const { parts, currency, opening, closing, pledged } = statement;
  const locale = localeOf(page);
  const figure = (minor: bigint) => <Money minor={minor} currency={currency} locale={locale} />;
  const promises = pledged
    .filter(({ open }) => open !== 0n)
    .map(({ open, currency: own }) => `${moneyText(open, own, locale)} pledged, still to come`);
  return (
    <StatRow label="From the opening to the closing balance">
      <Stat label="Opening balance" value={figure(opening)} href="#summary" />
      <Stat label="Received" value={figure(parts.received)} href="#movements" note={promises.join(', ')} />
      <Stat
        label="Paid for grants"
        value={figure(-parts.paidOut - parts.returned)}
        href="#grants"
        note="less what came back"
      />
      <Stat label="Closing balance" value={figure(closing)} href="#summary" />
    </StatRow>
  );
}

function Summary({ page, statement }: Props) {
  const { parts, currency, opening, closing, from, to, pledged } = statement;
  const locale = localeOf(page);
  const cell = (minor: bigint) => <MoneyCell minor={minor} currency={currency} locale={locale} />;
  const rows = [
    { name: `Balance before ${dayText(from, locale)}`, amount: opening },
    ...statementParts
      .filter((part) => parts[part] !== 0n)
      .map((part) => ({ name: partNames[part], amount: parts[part] })),
  ];
  return (
    <Card title="Summary" id="summary" note={`In ${currency}`} flush>
      <Table
        caption={`Summary, in ${currency}`}
        rows={rows}
        columns={[
          { heading: 'What', cell: ({ name }) => name, foot: `Balance on ${dayText(to, locale)}` },
          { heading: 'Amount', kind: 'number', cell: ({ amount }) => cell(amount), foot: cell(closing) },
        ]}
      />
      {pledged.length > 0 && (
        <Table
          caption="Promises"
          rows={pledged}
          columns={[
            { heading: 'Pledges', cell: ({ currency: own }) => `In ${own}` },
            {
              heading: 'Signed',
              kind: 'number',
              cell: (each) => <MoneyCell minor={each.pledged} currency={each.currency} locale={locale} />,
            },
            {
              heading: 'To come',
              kind: 'number',
              cell: (each) => <MoneyCell minor={each.open} currency={each.currency} locale={locale} />,
            },
          ]}
        />
      )}
    </Card>
  );
}

function Grants({ page, statement: { grants, currency } }: Props) {
  const locale = localeOf(page);
  const cell = (minor: bigint) => <MoneyCell minor={minor} currency={currency} locale={locale} />;
  return (
    <Card
      title="Which grants it paid"
      id="grants"
      note={`In ${currency}. A share of the money, by the pool’s rule; impact is the coalition’s.`}
      flush
    >
      <Table<GrantShare>
        caption={`Grants paid, in ${currency}`}
        rows={grants}
        rowHref={({ grantId }) => `/grants/${grantId}`}
        empty={{
          icon: 'coins',
          title: 'Nothing was paid in this period',
          text: 'Each payment of the pool takes its part from every funder. It stands here, grant by grant.',
        }}
        columns={[
          { heading: 'Grant', cell: ({ reference, title }) => `${reference} · ${title}`, foot: 'Together' },
          { heading: 'Paid to', cell: ({ payee }) => payee, wideOnly: true },
          {
            heading: 'Its share',
            kind: 'number',
            cell: ({ amount }) => cell(amount),
            foot: cell(grants.reduce((sum, { amount }) => sum + amount, 0n)),
          },
        ]}
      />
    </Card>
  );
}

function Goals({ page, statement: { goals, currency } }: Props) {
  if (goals.length === 0) return null;
  return (
    <Card title="For which goals" note={`In ${currency}. A grant that serves several is not split.`} flush>
      <Table<GoalShare>
        caption={`Goals, in ${currency}`}
        rows={goals}
        columns={[
          {
            heading: 'Goal',
            cell: (share) => (share.goals.length === 0 ? 'No goal named' : share.goals.join(' · ')),
          },
          {
            heading: 'Its share',
            kind: 'number',
            cell: ({ amount }) => <MoneyCell minor={amount} currency={currency} locale={localeOf(page)} />,
          },
        ]}
      />
    </Card>
  );
}

function Lines({ page, statement: { lines, currency, today } }: Props) {
  const locale = localeOf(page);
  return (
    <Card
      title="Every movement"
      id="movements"
      note={`${plural(lines.length, 'movement')}, in ${currency}`}
      flush
    >
      <Table<StatementLine>
        caption={`Movements of the balance, in ${currency}`}
        rows={lines}
        rowHref={({ entryId }) => `/entries/${entryId}`}
        empty={{
          icon: 'report-money',
          title: 'Nothing moved in this period',
          text: 'Choose an earlier first day, or a later last one.',
        }}
        columns={[
          {
            heading: 'Day',
            cell: ({ occurredOn }) => <DayText day={occurredOn} today={today} locale={locale} />,
          },
          {
            heading: 'What',
            cell: ({ description, earmark, part }) => (
              <>
                {description}
                <span class="tb-under">
                  {partNames[part]}
                  {earmark === null ? '' : `, restricted to ${earmark}`}
                </span>
              </>
            ),
          },
          {
            heading: 'Amount',
            kind: 'number',
            cell: ({ amount }) => <MoneyCell minor={amount} currency={currency} locale={locale} />,
          },
          {
            heading: 'Balance',
            kind: 'number',
            cell: ({ balance }) => <MoneyCell minor={balance} currency={currency} locale={locale} />,
            wideOnly: true,
          },
        ]}
      />
    </Card>
  );
}
