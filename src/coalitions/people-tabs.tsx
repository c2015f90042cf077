import { Tabs } from '../web/components/page-links.js';
import type { PageContext } from '../web/page-context.js';
import { coalitionPath } from '../web/navigation.js';

/** The sides of who belongs to a coalition: people, their organisations, what these do; and, for the backbone, what was written to them. */
export function PeopleTabs({
  coalitionId,
  current,
  page,
}: {
  coalitionId: string;
  current: 'people' | 'organisations' | 'activities' | 'letters';
  page: PageContext;
}) {
  const people = coalitionPath(coalitionId, 'people');
  const organisations = `${coalitionPath(coalitionId)}/organisations`;
  const activities = `${coalitionPath(coalitionId)}/activities`;
  const letters = `${coalitionPath(coalitionId)}/letters`;
  return (
    <Tabs
      label="Who belongs to the coalition"
      current={{ people, organisations, activities, letters }[current]}
      tabs={[
        { label: 'People', href: people },
        { label: 'Organisations', href: organisations },
        { label: 'Activities', href: activities },
        ...(page.coalition?.roles.includes('backbone') ? [{ label: 'Letters', href: letters }] : []),
      ]}
    />
  );
}
