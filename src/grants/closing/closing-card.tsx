import type { Day } from '../../maths/day.js';
import { Card } from '../../web/components/card.js';
import { DayText } from '../../web/components/dates.js';
import { KeyValue } from '../../web/components/key-value.js';
import { Money } from '../../web/components/money.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { stepNames } from './closing-words.js';
import type { GrantClosure } from './closings.read.js';

interface Props {
  closures: readonly GrantClosure[];
  today: Day;
  locale: string;
  /** Sees the pool’s entries and approvals; a partner does not. */
  seesThePool: boolean;
}

/** How far a grant has ended, step by step; nothing before the first. */
export function ClosingCards({ closures, ...props }: Props) {
  return (
    <>
      {closures.map((closure) => (
        <ClosingCard closure={closure} {...props} />
      ))}
    </>
  );
}

function ClosingCard({
  closure,
  today,
  locale,
  seesThePool,
}: Omit<Props, 'closures'> & { closure: GrantClosure }) {
  const { entryId, approvalId, state } = closure;
  return (
    <Card title={stepNames[closure.step]}>
      <KeyValue
        pairs={[
          ['State', <StatusBadge of="closure" state={state} />],
          [
            'Approval',
            seesThePool && approvalId !== null && (
              <a href={`/approvals/${approvalId}`}>{state === 'asked' ? 'Who must agree' : 'Who agreed'}</a>
            ),
          ],
          ['Closed on', <DayText day={closure.closedOn} today={today} locale={locale} />],
          ['Why', closure.reason],
          ...figures(closure, today, locale),
          ['Asked for by', closure.askedBy],
          ['Agreed by', approvalId !== null && closure.decidedBy],
          ['Ledger', seesThePool && entryId !== null && <a href={`/entries/${entryId}`}>Its entry</a>],
        ]}
      />
    </Card>
  );
}

type Pairs = Parameters<typeof KeyValue>[0]['pairs'];

function figures(closure: GrantClosure, today: Day, locale: string): Pairs {
  const money = (minor: bigint | null) =>
    minor !== null && <Money minor={minor} currency={closure.currency} locale={locale} />;
  if (closure.step === 'financial') {
    return [
      ['Paid', money(closure.paid)],
      ['Came back', money(closure.returned)],
      ['Stays with the partner', money(closure.carriedOver)],
    ];
  }
  const { awardBefore, awardAfter, endOnBefore, endOnAfter } = closure;
  return [
    ['Award before', money(awardBefore)],
    ['Award after', money(awardAfter)],
    [
      'Term ends',
      endOnAfter !== endOnBefore && endOnAfter !== null && (
        <DayText day={endOnAfter} today={today} locale={locale} />
      ),
    ],
  ];
}
