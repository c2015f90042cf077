import { Tabs } from '../web/components/page-links.js';
import { coalitionPath } from '../web/navigation.js';

/** What is going on, and everything that ever was to be reported. */
export function ReportTabs({ coalitionId, current }: { coalitionId: string; current: 'board' | 'all' }) {
  const board = coalitionPath(coalitionId, 'reports');
  const all = `${board}/all`;
  return (
    <Tabs
      label="Reports"
      current={current === 'board' ? board : all}
      tabs={[
        { label: 'Board', href: board },
        { label: 'All reports', href: all },
      ]}
    />
  );
}
