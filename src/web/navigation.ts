import type { IconName } from './components/icon.js';

export type Section =
  | 'overview'
  | 'pool'
  | 'grants'
  | 'payments'
  | 'bonds'
  | 'goals'
  | 'reports'
  | 'decisions'
  | 'learning'
  | 'people'
  | 'settings';

export interface NavigationItem {
  section: Section;
  label: string;
  icon: IconName;
  /** Who sees it; `null` means everybody in the coalition. The pages check again for themselves. */
  roles: readonly string[] | null;
}

const seesThePool = ['funder', 'backbone', 'finance', 'approver', 'observer'];
const handlesMoney = ['backbone', 'finance', 'approver'];

export const navigation: readonly NavigationItem[] = [
  { section: 'overview', label: 'Overview', icon: 'layout-dashboard', roles: null },
  { section: 'pool', label: 'Pool', icon: 'droplet', roles: seesThePool },
  { section: 'grants', label: 'Grants', icon: 'heart-handshake', roles: null },
  { section: 'payments', label: 'Payments', icon: 'building-bank', roles: handlesMoney },
  { section: 'bonds', label: 'Bonds', icon: 'certificate', roles: null },
  { section: 'goals', label: 'Goals', icon: 'target', roles: null },
  { section: 'reports', label: 'Reports', icon: 'report', roles: null },
  { section: 'decisions', label: 'Decisions', icon: 'gavel', roles: null },
  { section: 'learning', label: 'Learning', icon: 'bulb', roles: null },
  { section: 'people', label: 'People', icon: 'users', roles: null },
  { section: 'settings', label: 'Settings', icon: 'settings', roles: ['backbone'] },
];

/** The address of a coalition's page: `/coalitions/{id}` and `/coalitions/{id}/grants`. */
export function coalitionPath(coalitionId: string, section: Section = 'overview'): string {
  const home = `/coalitions/${coalitionId}`;
  return section === 'overview' ? home : `${home}/${section}`;
}

/** What a person with these roles may see in the navigation. */
export function navigationFor(roles: readonly string[]): readonly NavigationItem[] {
  return navigation.filter((item) => item.roles === null || item.roles.some((role) => roles.includes(role)));
}
