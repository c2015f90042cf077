import { ActionLink } from '../web/components/actions.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { History } from '../web/components/history.js';
import { KeyValue } from '../web/components/key-value.js';
import { Money } from '../web/components/money.js';
import { PageHeader, Rest } from '../web/components/page-links.js';
import { Notice } from '../web/components/problem.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { roleNames } from '../web/role-names.js';
import { Shell } from '../web/shell.js';
import type { OrganisationView, Promised } from './organisation-view.js';
import { sectorNames } from './words.js';

interface Props {
  page: PageContext;
  view: OrganisationView;
}

/** An organisation: what is known of it, who speaks for it, what it pledged and what it was granted. */
export function OrganisationPage({ page, view }: Props) {
  const { organisation } = view;
  const mayChange = page.coalition?.roles.some((role) => role === 'backbone' || role === 'finance') ?? false;
  return (
    <Shell page={page}>
      <PageHeader
        title={organisation.name}
        facts={[
          sectorNames[organisation.sector],
          ...(organisation.isBackbone ? ['Serves as the backbone'] : []),
        ].join(' · ')}
      >
        {view.promised && (
          <ActionLink
            label="Bank accounts"
            href={`/organisations/${organisation.id}/bank-accounts`}
            icon="building-bank"
          />
        )}
        <ActionLink
          label="Theory of change"
          href={`/organisations/${organisation.id}/theory-of-change`}
          icon="target"
        />
        {mayChange && (
          <ActionLink label="Change" href={`/organisations/${organisation.id}/edit`} icon="pencil" />
        )}
      </PageHeader>
      {organisation.neutralityNote && <Notice text={organisation.neutralityNote} />}
      <Columns kind="main">
        <Stack>
          {view.promised && <PromisedMoney page={page} view={view} promised={view.promised} />}
          <Seats page={page} view={view} />
        </Stack>
        <Stack>
          <Card title="Known of it">
            <KeyValue
              pairs={[
                ['Org-id', organisation.orgId ?? 'None recorded'],
                ['Sector', sectorNames[organisation.sector]],
                [
                  'Contact',
                  organisation.email ? (
                    <a href={`mailto:${organisation.email}`}>{organisation.email}</a>
                  ) : (
                    'None recorded'
                  ),
                ],
              ]}
            />
          </Card>
          <Card title="What happened">
            <History
              events={view.history}
              actions={{ 'organisation.added': 'added it', 'organisation.changed': 'changed it' }}
              fields={{ name: 'name', orgId: 'org-id', sector: 'sector', email: 'contact' }}
              timeZone={view.timeZone}
              locale={localeOf(page)}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

function PromisedMoney({ page, view, promised }: Props & { promised: readonly Promised[] }) {
  const { id, coalitionId } = view.organisation;
  return (
    <Card title="Pledges and grants" flush>
      <Table
        caption="What it pledged, and what it was granted"
        rows={promised}
        rowHref={({ kind, id }) => (kind === 'pledge' ? `/pledges/${id}` : `/grants/${id}`)}
        empty={{
          icon: 'coins',
          title: 'No pledge and no grant',
          text: 'What the organisation promises to a pool, or is granted from one, stands here.',
        }}
        columns={[
          { heading: 'Reference', cell: ({ reference }) => reference },
          { heading: 'Title', wideOnly: true, cell: ({ title }) => title },
          { heading: 'State', cell: ({ kind, state }) => <StatusBadge of={kind} state={state} /> },
          {
            heading: 'Amount',
            kind: 'number',
            cell: ({ amount, currency }) => (
              <Money minor={amount} currency={currency} locale={localeOf(page)} />
            ),
          },
        ]}
      />
      <Rest
        count={view.more.promised}
        href={`${coalitionPath(coalitionId, 'grants')}?organisationId=${id}`}
        label="All its grants"
      />
    </Card>
  );
}

function Seats({ page, view }: Props) {
  const locale = localeOf(page);
  const mayInvite = page.coalition?.roles.includes('backbone') ?? false;
  const { id, coalitionId } = view.organisation;
  return (
    <Card title="Who speaks for it" flush>
      <Table
        caption="People who hold a seat on its behalf"
        rows={view.seats}
        rowTone={({ standing }) => (standing === 'ended' ? 'muted' : undefined)}
        empty={{
          icon: 'users',
          title: 'Nobody speaks for it yet',
          text: 'Seats belong to people. Invite somebody, and say that they speak for this organisation.',
          action: mayInvite
            ? {
                label: 'Invite a person',
                href: `${coalitionPath(coalitionId, 'people')}/invite?organisation=${id}`,
              }
            : undefined,
        }}
        columns={[
          { heading: 'Person', cell: ({ personName }) => personName },
          { heading: 'Seat', cell: ({ role }) => roleNames[role] },
          {
            heading: 'Since',
            cell: ({ sinceOn }) => <DayText day={sinceOn} today={view.today} locale={locale} />,
          },
          {
            heading: 'Until',
            wideOnly: true,
            cell: ({ untilOn }) => untilOn && <DayText day={untilOn} today={view.today} locale={locale} />,
          },
        ]}
      />
      <Rest
        count={view.more.seats}
        href={`${coalitionPath(coalitionId, 'people')}?organisationId=${id}`}
        label="All its seats"
      />
    </Card>
  );
}
