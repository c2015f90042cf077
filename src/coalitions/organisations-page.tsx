import type { Page } from '../platform/http/list.js';
import { ActionLink } from '../web/components/actions.js';
import { ListCard, sortingOf } from '../web/components/list-card.js';
import { PageHeader } from '../web/components/page-links.js';
import { Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { OrganisationAnswer, OrganisationsQuery } from './organisation.dto.js';
import { sectors } from './organisation.entity.js';
import { PeopleTabs } from './people-tabs.js';
import { sectorNames } from './words.js';

interface Props {
  page: PageContext;
  coalitionId: string;
  organisations: Page<OrganisationAnswer>;
  query: OrganisationsQuery;
}

/** The organisations of a coalition, by name. */
export function OrganisationsPage({ page, coalitionId, organisations, query }: Props) {
  const home = `${coalitionPath(coalitionId)}/organisations`;
  const mayAdd = page.coalition?.roles.some((role) => role === 'backbone' || role === 'finance') ?? false;
  const { items, total } = organisations;
  const isNarrowed = query.name !== undefined || query.sector !== undefined;
  return (
    <Shell page={page}>
      <PageHeader title="People" facts={plural(total, 'organisation')}>
        {mayAdd && (
          <ActionLink label="Add an organisation" href={`${home}/new`} icon="plus" weight="primary" />
        )}
      </PageHeader>
      <PeopleTabs coalitionId={coalitionId} current="organisations" page={page} />
      <ListCard
        page={page}
        title="Organisations"
        home={home}
        api={`/api/v1${home}`}
        query={query}
        list={organisations}
        filters={[
          { kind: 'text', name: 'name', label: 'Name contains' },
          {
            kind: 'choice',
            name: 'sector',
            label: 'Sector',
            any: 'All sectors',
            options: sectors.map((sector) => ({ value: sector, label: sectorNames[sector] })),
          },
        ]}
      >
        <Table
          caption="Organisations of the coalition"
          rows={items}
          sorting={sortingOf(home, query, 'name')}
          rowHref={({ id }) => `/organisations/${id}`}
          empty={{
            icon: 'building-bank',
            title: isNarrowed ? 'No organisation is like that' : 'No organisation yet',
            text: 'Funders pledge and partners are granted as organisations; people speak for them.',
            action: mayAdd ? { label: 'Add the first one', href: `${home}/new` } : undefined,
          }}
          columns={[
            {
              heading: 'Name',
              sort: 'name',
              cell: ({ name, isBackbone }) => (
                <>
                  {name}
                  {isBackbone && <span class="tb-quiet"> · Backbone</span>}
                </>
              ),
            },
            { heading: 'Org-id', wideOnly: true, cell: ({ orgId }) => orgId },
            { heading: 'Sector', sort: 'sector', cell: ({ sector }) => sectorNames[sector] },
            { heading: 'Contact', wideOnly: true, cell: ({ email }) => email },
          ]}
        />
      </ListCard>
    </Shell>
  );
}
