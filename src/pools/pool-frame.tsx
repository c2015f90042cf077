import type { ComponentChildren } from 'preact';
import { DayText } from '../web/components/dates.js';
import { Icon } from '../web/components/icon.js';
import { PageHeader, Tabs } from '../web/components/page-links.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { PoolOfPage } from './pool-view.js';

export type PoolTab =
  | 'overview'
  | 'forecast'
  | 'ledger'
  | 'accounts'
  | 'pledges'
  | 'contributions'
  | 'refunds'
  | 'fees'
  | 'charges';

export const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** What the roles of whoever looks allow. The routes hold the same rules. */
export function mayDo(page: PageContext): {
  manage: boolean;
  receive: boolean;
  pledge: boolean;
  lock: boolean;
} {
  const has = (...wanted: string[]) => page.coalition?.roles.some((role) => wanted.includes(role)) ?? false;
  return {
    manage: has('backbone', 'finance'),
    receive: has('backbone', 'finance'),
    pledge: has('funder', 'backbone', 'finance'),
    lock: has('finance'),
  };
}

interface Props {
  page: PageContext;
  pool: PoolOfPage;
  current: PoolTab;
  /** What one can do here. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** What all pages of a pool share: its name, how far it is locked, and the way to its other pages. */
export function PoolFrame({ page, pool, current, actions, children }: Props) {
  const home = `/pools/${pool.id}`;
  const hrefs: Record<PoolTab, string> = {
    overview: home,
    forecast: `${home}/forecast`,
    ledger: `${home}/ledger`,
    accounts: `${home}/accounts`,
    pledges: `${home}/pledges`,
    contributions: `${home}/contributions`,
    refunds: `${home}/refunds`,
    fees: `${home}/fees`,
    charges: `${home}/bank-charges`,
  };
  return (
    <Shell page={page}>
      <PageHeader
        title={pool.name}
        facts={
          <>
            <span>{pool.currency}</span>
            {pool.lockedThrough && (
              <span>
                <Icon name="lock" />
                Locked through <DayText day={pool.lockedThrough} today={pool.today} locale={localeOf(page)} />
              </span>
            )}
          </>
        }
      >
        {actions}
      </PageHeader>
      <Tabs
        label="Pages of the pool"
        current={hrefs[current]}
        tabs={[
          { label: 'Overview', href: hrefs.overview },
          { label: 'Forecast', href: hrefs.forecast },
          { label: 'Ledger', href: hrefs.ledger },
          { label: 'Accounts', href: hrefs.accounts },
          { label: 'Pledges', href: hrefs.pledges, count: pool.pledges },
          { label: 'Contributions', href: hrefs.contributions, count: pool.contributions },
          { label: 'Refunds', href: hrefs.refunds },
          { label: 'Fees', href: hrefs.fees },
          { label: 'Charges', href: hrefs.charges },
          { label: 'Reports', href: `${home}/finance-reports` },
        ]}
      />
      {children}
    </Shell>
  );
}
