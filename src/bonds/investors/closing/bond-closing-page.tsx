import type { ComponentChildren } from 'preact';
import type { Day } from '../../../maths/day.js';
import { Card, Columns, Stack } from '../../../web/components/card.js';
import { DayText, InstantText } from '../../../web/components/dates.js';
import { KeyValue } from '../../../web/components/key-value.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { StatusBadge } from '../../../web/components/status-badge.js';
import type { PageContext } from '../../../web/page-context.js';
import { Shell } from '../../../web/shell.js';
import { localeOf } from '../../contracts/bond-frame.js';
import type { Bond } from '../../contracts/bonds.read.js';
import { ClosingFiguresCard, InvestorsAtTheEnd, SurplusShares } from './closing-figures-card.js';
import type { ClosingFigures } from './closing.rules.js';
import type { BondClosing } from './closings.read.js';

interface Props {
  page: PageContext;
  view: { bond: Bond; closing: BondClosing; figures: ClosingFigures; today: Day; timeZone: string };
}

/** How a bond was closed, or is to be: as it was worked out when it was asked for. */
export function BondClosingPage({ page, view: { bond, closing, figures, today, timeZone } }: Props) {
  const locale = localeOf(page);
  const shown = { figures, currency: closing.currency, locale };
  const pairs: [string, ComponentChildren][] = [
    ['Closed on', <DayText day={closing.closedOn} today={today} locale={locale} />],
    ['Why', closing.reason],
    ['Asked by', closing.madeBy],
    ['Asked', <InstantText at={closing.madeAt} timeZone={timeZone} locale={locale} />],
    ['Approval', <a href={`/approvals/${closing.approvalId}`}>Who approves it</a>],
  ];
  if (closing.entryId !== null) pairs.push(['Ledger', <a href={`/entries/${closing.entryId}`}>Its entry</a>]);
  return (
    <Shell page={page}>
      <PageHeader
        title={`Closing of ${closing.bond}`}
        facts={
          <>
            <StatusBadge of="bondClosing" state={closing.state} />
            <a href={`/bonds/${bond.id}/investors`}>{bond.title}</a>
          </>
        }
      />
      <Columns kind="main">
        <Stack>
          <ClosingFiguresCard {...shown} title="How it ends" />
          <InvestorsAtTheEnd {...shown} />
          <SurplusShares {...shown} />
        </Stack>
        <Card title="The closing">
          <KeyValue pairs={pairs} />
        </Card>
      </Columns>
    </Shell>
  );
}
