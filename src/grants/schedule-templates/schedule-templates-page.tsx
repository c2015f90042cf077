import type { Page } from '../../platform/http/list.js';
import type { ListQuery } from '../../platform/http/list.js';
import { ActionLink } from '../../web/components/actions.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { shapeText, templatesPath } from './schedule-template-words.js';
import type { ScheduleTemplateRow } from './schedule-templates.read.js';

interface Props {
  page: PageContext;
  coalitionId: string;
  list: Page<ScheduleTemplateRow>;
  query: ListQuery;
}

/** The schedules that a coalition keeps to draft grants by. */
export function ScheduleTemplatesPage({ page, coalitionId, list, query }: Props) {
  const home = templatesPath(coalitionId);
  const mayChange = page.coalition?.roles.includes('backbone') ?? false;
  return (
    <Shell page={page}>
      <PageHeader
        title="Saved schedules"
        facts={`${plural(list.total, 'template')} to draft grants by. A grant keeps a copy: a change here changes no grant.`}
      >
        {mayChange && <ActionLink label="Add a schedule" href={`${home}/new`} icon="plus" weight="primary" />}
      </PageHeader>
      <ListCard
        page={page}
        title="How grants are paid"
        home={home}
        api={`/api/v1/coalitions/${coalitionId}/schedule-templates`}
        query={query}
        list={list}
      >
        <Table
          caption="Saved schedules"
          rows={list.items}
          sorting={sortingOf(home, query, 'name')}
          rowHref={mayChange ? ({ id }) => `/schedule-templates/${id}` : undefined}
          empty={{
            icon: 'calendar',
            title: 'No schedule is saved yet',
            text: 'How a grant is paid can be kept under a name, and filled into the next one: so many instalments, percentages, dates, or what falls due after a report.',
            action: mayChange ? { label: 'Add a schedule', href: `${home}/new` } : undefined,
          }}
          columns={[
            { heading: 'Name', sort: 'name', cell: ({ name }) => name },
            {
              heading: 'It pays',
              cell: ({ shape, currency }) => shapeText(shape, currency, page.person?.locale),
            },
            {
              heading: 'Amounts in',
              wideOnly: true,
              cell: ({ currency }) => currency ?? <span class="tb-quiet">any currency</span>,
            },
          ]}
        />
      </ListCard>
    </Shell>
  );
}
