import type { Day } from '../../maths/day.js';
import { sum } from '../../maths/money.js';
import { Money, MoneyCell } from '../../web/components/money.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { DueText } from '../triggers/due-text.js';
import type { PlanLine } from './amendment.rules.js';
import { type ComparedLine, comparePlans } from './compared-plans.js';

interface Props {
  before: readonly PlanLine[];
  after: readonly PlanLine[];
  currency: string;
  today: Day;
  locale: string;
}

/** A plan before and after, instalment beside instalment, each with what becomes of it; the totals are the awards. */
export function PlansCompared({ before, after, currency, today, locale }: Props) {
  const money = (minor: bigint | null) =>
    minor === null ? (
      <span class="tb-quiet">–</span>
    ) : (
      <MoneyCell minor={minor} currency={currency} locale={locale} />
    );
  const total = (lines: readonly PlanLine[]) => money(sum(lines.map(({ amount }) => amount)));
  return (
    <Table
      caption="The instalments before and after"
      rows={comparePlans(before, after)}
      rowTone={({ fate }) => (fate === 'takenOut' ? 'muted' : undefined)}
      columns={[
        { heading: 'No.', wideOnly: true, cell: ({ number }) => number, foot: 'Award' },
        {
          heading: 'Due',
          cell: (line) => (
            <>
              <DueText line={line} currency={currency} today={today} locale={locale} />
              <FateText line={line} currency={currency} locale={locale} />
            </>
          ),
        },
        {
          heading: `Before (${currency})`,
          kind: 'number',
          cell: ({ before: minor }) => money(minor),
          foot: total(before),
        },
        {
          heading: `After (${currency})`,
          kind: 'number',
          cell: ({ then, fate }) => (fate === 'new' ? <strong>{money(then)}</strong> : money(then)),
          foot: total(after),
        },
      ]}
    />
  );
}

function FateText({ line, currency, locale }: { line: ComparedLine; currency: string; locale: string }) {
  const { fate, state, uplift } = line;
  return (
    <span class="tb-under">
      {fate === 'fixed' && (
        <>
          <StatusBadge of="instalment" state={state} /> stays as it is
        </>
      )}
      {fate === 'stays' && 'unpaid, stays'}
      {fate === 'takenOut' && 'taken out'}
      {fate === 'new' && <strong>new</strong>}
      {uplift !== 0n && (
        <>
          , of it <Money minor={uplift} currency={currency} locale={locale} /> uplift
        </>
      )}
    </span>
  );
}
