import { Tabs } from '../../web/components/page-links.js';

const tabs = [
  { label: 'People', href: '/administration/people' },
  { label: 'Mails', href: '/administration/mails' },
];

/** The pages of the administration, beside each other. */
export function AdministrationTabs({ current }: { current: 'people' | 'mails' }) {
  return <Tabs label="Administration" tabs={tabs} current={`/administration/${current}`} />;
}
