import { Tabs } from '../web/components/page-links.js';
import { coalitionPath } from '../web/navigation.js';

/** The sides of who belongs to a coalition: people, their organisations, and what these do. */
export function PeopleTabs({
  coalitionId,
  current,
}: {
  coalitionId: string;
  current: 'people' | 'organisations' | 'activities';
}) {
  const people = coalitionPath(coalitionId, 'people');
  const organisations = `${coalitionPath(coalitionId)}/organisations`;
  const activities = `${coalitionPath(coalitionId)}/activities`;
  return (
    <Tabs
      label="Who belongs to the coalition"
      current={{ people, organisations, activities }[current]}
      tabs={[
        { label: 'People', href: people },
        { label: 'Organisations', href: organisations },
        { label: 'Activities', href: activities },
      ]}
    />
  );
}
