import { Tabs } from '../web/components/page-links.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';

interface Props {
  page: PageContext;
  coalitionId: string;
  current: 'board' | 'all' | 'funders';
}

/** What is going on, everything that ever was to be reported, and how funders read it. */
export function ReportTabs({ page, coalitionId, current }: Props) {
  const board = coalitionPath(coalitionId, 'reports');
  const hrefs = { board, all: `${board}/all`, funders: `${board}/for-funders` };
  const oversees = page.coalition?.roles.some((role) => role !== 'partner') ?? false;
  return (
    <Tabs
      label="Reports"
      current={hrefs[current]}
      tabs={[
        { label: 'Board', href: hrefs.board },
        { label: 'All reports', href: hrefs.all },
        ...(oversees ? [{ label: 'For funders', href: hrefs.funders }] : []),
      ]}
    />
  );
}
