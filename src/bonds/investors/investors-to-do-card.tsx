import type { ComponentChildren } from 'preact';
import type { Page } from '../../platform/http/list.js';
import { Card } from '../../web/components/card.js';
import { moneyText, plural } from '../../web/format.js';
import type { InvestorsToDo } from './investors-to-do.read.js';

interface Props {
  toDo: InvestorsToDo;
  currency: string;
  locale: string;
}

/** Only where something waits for somebody. */
export function InvestorsToDoCard({ toDo, currency, locale }: Props) {
  if (Object.values(toDo).every(({ total }) => total === 0)) return null;
  const money = (minor: bigint) => moneyText(minor, currency, locale);
  return (
    <Card title="What needs doing">
      <ul class="mb-0">
        <Waiting of={toDo.overdue} more="overdue call">
          {(call) => (
            <>
              <a href={`/drawdown-calls/${call.id}`}>Call {call.reference}</a> to {call.party} is overdue:{' '}
              {money(call.amount - call.received)} has not come.
            </>
          )}
        </Waiting>
        <Waiting of={toDo.advancesToApprove} more="advance to approve" many="advances to approve">
          {({ amount, approvalId }) => (
            <>
              <a href={`/approvals/${approvalId}`}>An advance of {money(amount)}</a> waits for approval.
            </>
          )}
        </Waiting>
        <Waiting of={toDo.advancesToPay} more="advance to pay" many="advances to pay">
          {({ id, amount }) => (
            <>
              <a href={`/provider-advances/${id}`}>An advance of {money(amount)}</a> is approved and not paid
              yet.
            </>
          )}
        </Waiting>
        <Waiting
          of={toDo.distributionsToApprove}
          more="distribution to approve"
          many="distributions to approve"
        >
          {({ id, amount }) => (
            <>
              <a href={`/distributions/${id}`}>A distribution of {money(amount)}</a> waits for approval.
            </>
          )}
        </Waiting>
        <Waiting of={toDo.distributionsToPay} more="distribution to pay" many="distributions to pay">
          {({ id, amount }) => (
            <>
              <a href={`/distributions/${id}`}>A distribution of {money(amount)}</a> is approved and not paid
              yet.
            </>
          )}
        </Waiting>
      </ul>
    </Card>
  );
}

/** A line for each that is named, and one that counts the rest. */
function Waiting<Item>({
  of: { items, total },
  more,
  many,
  children,
}: {
  of: Page<Item>;
  more: string;
  many?: string;
  children: (item: Item) => ComponentChildren;
}) {
  const rest = total - items.length;
  return (
    <>
      {items.map((item) => (
        <li>{children(item)}</li>
      ))}
      {rest > 0 && <li>And {plural(rest, `more ${more}`, many && `more ${many}`)}.</li>}
    </>
  );
}
