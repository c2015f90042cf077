import type { Day } from '../../maths/day.js';
import { sum } from '../../maths/money.js';
import type { Page } from '../../platform/http/list.js';
import { ActionLink } from '../../web/components/actions.js';
import { Card, Stack } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { MoneyCell } from '../../web/components/money.js';
import { Rest } from '../../web/components/page-links.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import type { PageContext } from '../../web/page-context.js';
import { BondFrame, localeOf, runsBonds } from '../contracts/bond-frame.js';
import type { Bond } from '../contracts/bonds.read.js';
import type { ProviderAdvance } from './advances/advances.read.js';
import { DistributionsCard } from './distributions/distributions-card.js';
import type { Distribution } from './distributions/distributions.read.js';
import { callStateShown, isOverdue } from './drawdowns/call-words.js';
import type { DrawdownCall } from './drawdowns/drawdowns.read.js';
import { InvestorsToDoCard } from './investors-to-do-card.js';
import type { InvestorsToDo } from './investors-to-do.read.js';
import { timesText, yearlyText } from './return-words.js';
import type { InvestorStatement } from './statement/investor-statement.js';

export interface InvestorsView {
  bond: Bond;
  /** None while nothing is signed. */
  statements: InvestorStatement[];
  /** Whether investors owe something where outcomes are poor. */
  hasTwoSided: boolean;
  toDo: InvestorsToDo;
  calls: Page<DrawdownCall>;
  advances: Page<ProviderAdvance>;
  distributions: Page<Distribution>;
  today: Day;
}

interface Props {
  page: PageContext;
  view: InvestorsView;
}

/** Who lends to a bond: what each has in it and got back, what was called, and what the provider had of it. */
export function InvestorsPage({ page, view }: Props) {
  const { bond } = view;
  return (
    <BondFrame page={page} bond={bond} current="investors" actions={<WhatOneCanDo page={page} view={view} />}>
      <Stack>
        <InvestorsToDoCard toDo={view.toDo} currency={bond.currency} locale={localeOf(page)} />
        <Positions page={page} view={view} />
        <Calls page={page} view={view} />
        <DistributionsCard
          bond={bond}
          distributions={view.distributions}
          today={view.today}
          locale={localeOf(page)}
        />
        <Advances page={page} view={view} />
      </Stack>
    </BondFrame>
  );
}

function WhatOneCanDo({ page, view: { bond, hasTwoSided } }: Props) {
  const isActive = bond.state === 'active';
  const takesMoney = isActive || bond.state === 'signed';
  const isFinance = page.coalition?.roles.includes('finance') ?? false;
  const home = `/bonds/${bond.id}`;
  return (
    <>
      {takesMoney && isFinance && (
        <ActionLink label="Call capital" href={`${home}/drawdown-calls/new`} weight="primary" />
      )}
      {isActive && isFinance && hasTwoSided && (
        <ActionLink label="Call for poor outcomes" href={`${home}/two-sided-calls/new`} />
      )}
      {takesMoney && runsBonds(page) && (
        <ActionLink label="Ask for an advance" href={`${home}/provider-advances/new`} />
      )}
      {isActive && runsBonds(page) && <ActionLink label="Distribute" href={`${home}/distributions/new`} />}
      {isActive && <ActionLink label="The way to its closing" href={`${home}/closing`} />}
      {bond.state === 'closed' && <ActionLink label="How it was closed" href={`${home}/closing`} />}
    </>
  );
}

function Positions({ page, view: { bond, statements } }: Props) {
  const locale = localeOf(page);
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={bond.currency} locale={locale} />;
  const home = `/bonds/${bond.id}`;
  const capital = `${home}/ledger?accountKind=investorCapital`;
  // A total leads to what it is made of: the contract, or the postings.
  const column = (
    heading: string,
    of: (statement: InvestorStatement) => bigint,
    { from, wideOnly = false }: { from: string; wideOnly?: boolean },
  ) => ({
    ...{ heading, kind: 'number' as const, wideOnly },
    cell: (statement: InvestorStatement) => money(of(statement)),
    foot: <a href={from}>{money(sum(statements.map(of)))}</a>,
  });
  return (
    <Card title="Investors" note={`As of today, in ${bond.currency}; each leads to its statement`} flush>
      <Table
        caption={`Investors of ${bond.reference}, in ${bond.currency}`}
        rows={statements}
        rowHref={({ investor }) => `/bonds/${bond.id}/investors/${investor.partyId}/statement`}
        empty={{
          icon: 'cash',
          title: 'No investor yet',
          text: 'Whoever lends to this bond stands here once its contract is signed and names investors.',
        }}
        columns={[
          { heading: 'Investor', cell: ({ investor }) => investor.investor, foot: 'Total' },
          column('Commitment', ({ investor }) => investor.commitment, { from: home, wideOnly: true }),
          column('Drawn', ({ drawn }) => drawn, { from: `${capital}&kind=drawdown.received` }),
          column('Capital returned', ({ returned }) => returned, {
            ...{ from: `${capital}&kind=distribution.paid`, wideOnly: true },
          }),
          column('Return', ({ income }) => income, {
            ...{ from: `${home}/ledger?accountKind=investorReturn`, wideOnly: true },
          }),
          column('Outstanding', ({ outstanding }) => outstanding, { from: capital }),
          {
            ...{ heading: 'Realised', kind: 'number', wideOnly: true },
            cell: ({ realised }) => yearlyText(realised),
          },
          {
            ...{ heading: 'Multiple', kind: 'number', wideOnly: true },
            cell: ({ multiples }) => timesText(multiples),
          },
        ]}
      />
    </Card>
  );
}

function Calls({ page, view: { bond, calls, today } }: Props) {
  const locale = localeOf(page);
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={bond.currency} locale={locale} />;
  return (
    <Card title="Calls" note={`What investors and the guarantor were asked for, in ${bond.currency}`} flush>
      <Table
        caption={`Calls of ${bond.reference}, in ${bond.currency}`}
        rows={calls.items}
        rowHref={({ id }) => `/drawdown-calls/${id}`}
        rowTone={(call) => (isOverdue(call, today) ? 'attention' : undefined)}
        empty={{
          icon: 'send',
          title: 'No call yet',
          text: 'Capital is called from investors, up to what each committed.',
        }}
        columns={[
          { heading: 'Call', cell: ({ reference }) => reference },
          { heading: 'From', wideOnly: true, cell: ({ party }) => party },
          {
            heading: 'State',
            cell: (call) => <StatusBadge of="drawdownCall" state={callStateShown(call, today)} />,
          },
          {
            heading: 'Due',
            wideOnly: true,
            cell: ({ dueOn }) => <DayText day={dueOn} today={today} locale={locale} />,
          },
          { heading: 'Amount', kind: 'number', cell: ({ amount }) => money(amount) },
          { heading: 'Received', kind: 'number', wideOnly: true, cell: ({ received }) => money(received) },
        ]}
      />
      <Rest
        count={calls.total - calls.items.length}
        href={`/api/v1/bonds/${bond.id}/drawdown-calls?format=csv`}
        label="Export all calls"
      />
    </Card>
  );
}

function Advances({ page, view: { bond, advances, today } }: Props) {
  const locale = localeOf(page);
  return (
    <Card title="Advances to the provider" note={`Working capital, in ${bond.currency}`} flush>
      <Table
        caption={`Advances to ${bond.provider}, in ${bond.currency}`}
        rows={advances.items}
        rowHref={({ id }) => `/provider-advances/${id}`}
        rowTone={({ state }) => (state === 'rejected' ? 'muted' : undefined)}
        empty={{
          icon: 'cash',
          title: 'No advance yet',
          text: `${bond.provider} gets working capital out of what the bond holds, when others have approved it.`,
        }}
        columns={[
          { heading: 'For', cell: ({ reason }) => reason },
          { heading: 'State', cell: ({ state }) => <StatusBadge of="bondPayment" state={state} /> },
          { heading: 'Asked by', wideOnly: true, cell: ({ madeBy }) => madeBy },
          {
            heading: 'Paid on',
            wideOnly: true,
            cell: ({ paidOn }) =>
              paidOn === null ? '' : <DayText day={paidOn} today={today} locale={locale} />,
          },
          {
            heading: 'Amount',
            kind: 'number',
            cell: ({ amount }) => <MoneyCell minor={amount} currency={bond.currency} locale={locale} />,
          },
        ]}
      />
      <Rest
        count={advances.total - advances.items.length}
        href={`/api/v1/bonds/${bond.id}/provider-advances?format=csv`}
        label="Export all advances"
      />
    </Card>
  );
}
