import { Tabs } from '../web/components/page-links.js';
import { coalitionPath } from '../web/navigation.js';

/** The two sides of who belongs to a coalition. */
export function PeopleTabs({
  coalitionId,
  current,
}: {
  coalitionId: string;
  current: 'people' | 'organisations';
}) {
  const people = coalitionPath(coalitionId, 'people');
  const organisations = `${coalitionPath(coalitionId)}/organisations`;
  return (
    <Tabs
      label="Who belongs to the coalition"
      current={current === 'people' ? people : organisations}
      tabs={[
        { label: 'People', href: people },
        { label: 'Organisations', href: organisations },
      ]}
    />
  );
}
