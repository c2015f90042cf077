import type { ComponentChildren } from 'preact';
import type { Day } from '../../../maths/day.js';
import { Card, Columns, Stack } from '../../../web/components/card.js';
import { DayText, InstantText } from '../../../web/components/dates.js';
import { KeyValue } from '../../../web/components/key-value.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { StatusBadge } from '../../../web/components/status-badge.js';
import { moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import { Shell } from '../../../web/shell.js';
import { localeOf, runsBonds, seesThePool } from '../../contracts/bond-frame.js';
import type { Bond } from '../../contracts/bonds.read.js';
import { PayOutOfBondCard, type RefusedPayment, TakeBackCard } from '../bond-payment-forms.js';
import type { ProviderAdvance } from './advances.read.js';

interface Props {
  page: PageContext;
  view: { bond: Bond; advance: ProviderAdvance; today: Day; timeZone: string };
  refused?: RefusedPayment;
}

/** Working capital of a provider: who asked for it and why, who approves it, and when it was paid. */
export function AdvancePage({ page, view, refused }: Props) {
  const { advance, bond } = view;
  const isApproved = advance.state === 'approved';
  const payment = `/provider-advances/${advance.id}`;
  const home = seesThePool(page) ? `/bonds/${bond.id}/investors` : `/bonds/${bond.id}`;
  return (
    <Shell page={page}>
      <PageHeader
        title={`Advance of ${moneyText(advance.amount, advance.currency, localeOf(page))}`}
        facts={
          <>
            <StatusBadge of="bondPayment" state={advance.state} />
            <a href={`/organisations/${advance.providerId}`}>{advance.provider}</a>
            <a href={home}>{bond.title}</a>
          </>
        }
      />
      <Columns kind="main">
        <Facts page={page} view={view} />
        <Stack>
          {isApproved && page.coalition?.roles.includes('finance') && (
            <PayOutOfBondCard page={page} home={payment} today={view.today} refused={refused} />
          )}
          {isApproved && runsBonds(page) && <TakeBackCard page={page} home={payment} refused={refused} />}
        </Stack>
      </Columns>
    </Shell>
  );
}

function Facts({ page, view: { advance, today, timeZone } }: Props) {
  const locale = localeOf(page);
  const pairs: [string, ComponentChildren][] = [
    ['For', advance.reason],
    ['Asked by', advance.madeBy],
    ['Asked', <InstantText at={advance.madeAt} timeZone={timeZone} locale={locale} />],
  ];
  // A partner sees that it is approved or not; who signs is the pool’s own business.
  if (seesThePool(page))
    pairs.push(['Approval', <a href={`/approvals/${advance.approvalId}`}>Who approves it</a>]);
  if (advance.paidOn !== null) {
    pairs.push(['Paid on', <DayText day={advance.paidOn} today={today} locale={locale} />]);
    pairs.push(['Bank reference', advance.bankReference]);
  }
  if (advance.entryId !== null && seesThePool(page))
    pairs.push(['Ledger', <a href={`/entries/${advance.entryId}`}>Its entry</a>]);
  return (
    <Card title="The advance">
      <KeyValue pairs={pairs} />
    </Card>
  );
}
