import { DayText } from '../web/components/dates.js';
import { Icon, type IconName } from '../web/components/icon.js';
import { plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { Attention, Matter } from './attention.js';

interface Words {
  icon: IconName;
  tone: 'warning' | 'active';
  what: (count: number) => string;
  /** Stands before the day of the oldest: "due", "asked for". */
  when: string;
  /** Where one of them is seen; several are seen in their list. */
  one?: (id: string) => string;
  list: (coalitionId: string) => string;
}

const payments = (id: string): string => coalitionPath(id, 'payments');
const bonds = (id: string): string => coalitionPath(id, 'bonds');
const reports = {
  one: (id: string) => `/spend-reports/${id}`,
  list: (id: string) => coalitionPath(id, 'reports'),
};
const pledges = { one: (id: string) => `/pledges/${id}`, list: (id: string) => coalitionPath(id, 'pool') };

const words: Record<Matter, Words> = {
  approvals: {
    icon: 'checks',
    tone: 'active',
    what: (count) => `${plural(count, 'request')} to approve`,
    when: 'asked for',
    one: (id) => `/approvals/${id}`,
    list: () => '/approvals',
  },
  votesMissing: {
    icon: 'gavel',
    tone: 'active',
    what: (count) => `${plural(count, 'motion')} to vote on`,
    when: 'closes after',
    one: (id) => `/decisions/${id}`,
    list: (id) => `${coalitionPath(id, 'decisions')}?state=open`,
  },
  paymentsDue: {
    icon: 'calendar-due',
    tone: 'active',
    what: (count) => `${plural(count, 'payment')} to ask for`,
    when: 'due',
    list: payments,
  },
  paymentsToRecord: {
    icon: 'building-bank',
    tone: 'active',
    what: (count) => `${plural(count, 'approved payment')} to make at the bank`,
    when: 'asked for',
    list: payments,
  },
  instalmentsHeld: {
    icon: 'player-pause',
    tone: 'warning',
    what: (count) => `${plural(count, 'instalment')} held`,
    when: 'due',
    list: payments,
  },
  reportsOverdue: {
    icon: 'alert-circle',
    tone: 'warning',
    what: (count) => `${plural(count, 'report')} overdue`,
    when: 'due',
    ...reports,
  },
  reportsReturned: {
    icon: 'arrow-back-up',
    tone: 'warning',
    what: (count) => `${plural(count, 'report')} returned to you`,
    when: 'due',
    ...reports,
  },
  reportsToReview: {
    icon: 'eye',
    tone: 'active',
    what: (count) => `${plural(count, 'report')} to review`,
    when: 'due',
    ...reports,
  },
  reportsDue: {
    icon: 'report',
    tone: 'active',
    what: (count) => `${plural(count, 'report')} to hand in`,
    when: 'due',
    ...reports,
  },
  claimsToVerify: {
    icon: 'certificate',
    tone: 'active',
    what: (count) => `${plural(count, 'claim')} to verify`,
    when: 'handed in',
    one: (id) => `/claims/${id}`,
    list: bonds,
  },
  outcomeInvoicesLate: {
    icon: 'alert-triangle',
    tone: 'warning',
    what: (count) => `${plural(count, 'outcome invoice')} overdue`,
    when: 'due',
    one: (id) => `/outcome-invoices/${id}`,
    list: bonds,
  },
  pledgesLate: {
    icon: 'alert-triangle',
    tone: 'warning',
    what: (count) => `${plural(count, 'pledge instalment')} late`,
    when: 'due',
    ...pledges,
  },
  pledgesDue: {
    icon: 'calendar',
    tone: 'active',
    what: (count) => `${plural(count, 'pledge instalment')} to pay`,
    when: 'due',
    ...pledges,
  },
  lettersInDoubt: {
    icon: 'alert-triangle',
    tone: 'warning',
    what: (count) => `${plural(count, 'letter')} that may not have arrived`,
    when: 'written',
    one: (id) => `/letters/${id}`,
    list: (id) => `${coalitionPath(id)}/letters?state=doubtful`,
  },
};

interface Props {
  attention: readonly Attention[];
  locale: string;
  /** Says which coalition it is, where several are listed together. */
  named?: boolean;
}

/** What waits for the person who looks, each a way to where it is done. Nothing at all when nothing waits. */
export function AttentionList({ attention, locale, named = false }: Props) {
  if (attention.length === 0) return null;
  return (
    <nav class="tb-attention" aria-label="What needs you">
      {attention.map(({ matter, coalitionId, coalition, today, count, since, firstId }) => {
        const { icon, tone, what, when, one, list } = words[matter];
        return (
          <a
            class={`tb-attention-item tb-attention-${tone}`}
            href={count === 1 && one ? one(firstId) : list(coalitionId)}
          >
            <Icon name={icon} />
            <span>
              <span class="tb-attention-what">{what(count)}</span>
              <span class="tb-under">
                {named && `${coalition} · `}
                {count > 1 ? `first ${when} ` : `${when} `}
                <DayText day={since} today={today} locale={locale} relative />
              </span>
            </span>
            <Icon name="chevron-right" />
          </a>
        );
      })}
    </nav>
  );
}
