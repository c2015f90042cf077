import type { Page } from '../platform/http/list.js';
import { ActionLink } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { PageHeader, Pagination } from '../web/components/page-links.js';
import { Table } from '../web/components/table.js';
import { plural } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { OrganisationAnswer } from './organisation.dto.js';
import { PeopleTabs } from './people-tabs.js';
import { sectorNames } from './words.js';

interface Props {
  page: PageContext;
  coalitionId: string;
  organisations: Page<OrganisationAnswer>;
  /** False on every page but the first. */
  isFirst: boolean;
}

/** The organisations of a coalition, by name. */
export function OrganisationsPage({ page, coalitionId, organisations, isFirst }: Props) {
  const home = `${coalitionPath(coalitionId)}/organisations`;
  const mayAdd = page.coalition?.roles.some((role) => role === 'backbone' || role === 'finance') ?? false;
  const { items, total, nextCursor } = organisations;
  return (
    <Shell page={page}>
      <PageHeader title="People" facts={plural(total, 'organisation')}>
        {mayAdd && (
          <ActionLink label="Add an organisation" href={`${home}/new`} icon="plus" weight="primary" />
        )}
      </PageHeader>
      <PeopleTabs coalitionId={coalitionId} current="organisations" />
      <Card
        title="Organisations"
        actions={<a href={`/api/v1/coalitions/${coalitionId}/organisations?format=csv`}>Export CSV</a>}
        flush
      >
        <Table
          caption="Organisations of the coalition"
          rows={items}
          rowHref={({ id }) => `/organisations/${id}`}
          empty={{
            icon: 'building-bank',
            title: 'No organisation yet',
            text: 'Funders pledge and partners are granted as organisations; people speak for them.',
            action: mayAdd ? { label: 'Add the first one', href: `${home}/new` } : undefined,
          }}
          columns={[
            {
              heading: 'Name',
              cell: ({ name, isBackbone }) => (
                <>
                  {name}
                  {isBackbone && <span class="tb-quiet"> · Backbone</span>}
                </>
              ),
            },
            { heading: 'Org-id', wideOnly: true, cell: ({ orgId }) => orgId },
            { heading: 'Sector', cell: ({ sector }) => sectorNames[sector] },
            { heading: 'Contact', wideOnly: true, cell: ({ email }) => email },
          ]}
        />
        {total > items.length && (
          <Pagination
            shown={items.length}
            total={total}
            nextHref={nextCursor ? `${home}?cursor=${encodeURIComponent(nextCursor)}` : undefined}
            firstHref={isFirst ? undefined : home}
            locale={page.person?.locale ?? 'en-GB'}
          />
        )}
      </Card>
    </Shell>
  );
}
