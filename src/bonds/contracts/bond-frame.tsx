import type { ComponentChildren } from 'preact';
import { PageHeader, Tabs } from '../../web/components/page-links.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { coalitionPath } from '../../web/navigation.js';
import type { PageContext } from '../../web/page-context.js';
import type { Heading } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { Bond } from './bonds.read.js';

/** The pages of a bond, in their order: what each is called, and where it lies under the bond's own address. */
const tabs = [
  { tab: 'contract', label: 'Contract', path: '', isOfThePool: false },
  { tab: 'claims', label: 'Claims', path: '/claims', isOfThePool: false },
  { tab: 'payers', label: 'Payers', path: '/payers', isOfThePool: true },
  { tab: 'investors', label: 'Investors', path: '/investors', isOfThePool: true },
  { tab: 'plan', label: 'Plan', path: '/plan', isOfThePool: false },
  { tab: 'scenarios', label: 'Scenarios', path: '/scenarios', isOfThePool: true },
  { tab: 'ledger', label: 'Ledger', path: '/ledger', isOfThePool: true },
] as const;

export type BondTab = (typeof tabs)[number]['tab'];

export const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** Whether whoever looks may draft contracts and set them in force. The routes hold the same rule. */
export const runsBonds = (page: PageContext): boolean =>
  page.coalition?.roles.some((role) => role === 'backbone' || role === 'finance') ?? false;

/** Whether whoever looks sees the pool, or sits for a delivery partner only. */
export const seesThePool = (page: PageContext): boolean =>
  page.coalition?.roles.some((role) => role !== 'partner') ?? false;

/** The heading of a page about a bond, and the way to it. */
export function bondHeading(bond: Pick<Bond, 'id' | 'coalitionId' | 'reference'>, title?: string): Heading {
  const list = { label: 'Bonds', href: coalitionPath(bond.coalitionId, 'bonds') };
  const { reference } = bond;
  if (title === undefined)
    return {
      ...{ title: reference, section: 'bonds', crumbs: [list, { label: reference }] },
      about: { kind: 'bond', id: bond.id },
    };
  const home = { label: reference, href: `/bonds/${bond.id}` };
  return { title: `${title} · ${reference}`, section: 'bonds', crumbs: [list, home, { label: title }] };
}

interface Props {
  page: PageContext;
  bond: Bond;
  current: BondTab;
  /** What one can do here. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** What all pages of a bond share: its name, its provider and state, and the way to its other pages. */
export function BondFrame({ page, bond, current, actions, children }: Props) {
  const hrefOf = (path: string) => `/bonds/${bond.id}${path}`;
  const open = tabs.find(({ tab }) => tab === current)!;
  return (
    <Shell page={page}>
      <PageHeader
        title={bond.title}
        facts={
          <>
            <span>{bond.reference}</span>
            <a href={`/organisations/${bond.providerId}`}>{bond.provider}</a>
            <span>{bond.currency}</span>
            <StatusBadge of="bond" state={bond.state} />
          </>
        }
      >
        {actions}
      </PageHeader>
      {tabs.length > 1 && (
        <Tabs
          label="Pages of the bond"
          current={hrefOf(open.path)}
          tabs={tabs
            .filter(({ isOfThePool }) => !isOfThePool || seesThePool(page))
            .map(({ label, path }) => ({ label, href: hrefOf(path) }))}
        />
      )}
      {children}
    </Shell>
  );
}
