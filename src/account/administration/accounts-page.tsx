import type { Page } from '../../platform/http/list.js';
import { ActionButton } from '../../web/components/actions.js';
import { Card } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { states, StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import { CheckboxField } from '../../web/forms/choices.js';
import { TextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { type AccountQuery, accountStates } from './account-list.dto.js';
import type { AccountView } from './accounts.service.js';
import { AdministrationTabs } from './administration-tabs.js';

interface AccountsPageProps {
  page: PageContext;
  list: Page<AccountView>;
  query: AccountQuery;
  refused?: Refusal;
}

/** Everybody who can sign in, or was invited to. */
export function AccountsPage({ page, list, query, refused }: AccountsPageProps) {
  const locale = page.person!.locale;
  const people = '/administration/people';
  return (
    <Shell page={page}>
      <PageHeader title="People of this installation" facts={plural(list.total, 'account')} />
      <AdministrationTabs current="people" />
      <ListCard
        page={page}
        title="Accounts"
        home={people}
        api="/api/v1/administration/accounts"
        query={query}
        list={list}
        filters={[
          { kind: 'text', name: 'person', label: 'Name or address contains' },
          {
            ...{ kind: 'choice', name: 'state', label: 'State', any: 'All states' },
            options: accountStates.map((state) => ({ value: state, label: states.account[state][0] })),
          },
          {
            ...{ kind: 'choice', name: 'administrator', label: 'Role here', any: 'Everybody' },
            options: [
              { value: 'true', label: 'Administrators' },
              { value: 'false', label: 'All others' },
            ],
          },
        ]}
      >
        <AccountsTable page={page} accounts={list.items} query={query} locale={locale} />
      </ListCard>
      <Card
        title="Invite somebody"
        note="They get an account without any seat: coalitions give seats to their own people."
        id="new-account"
      >
        <Form
          action={people}
          csrf={page.csrf}
          locale={locale}
          submit="Send the invitation"
          values={refused?.values}
          errors={refused?.errors}
          detail={refused?.detail}
        >
          <TextField name="name" label="Name" maxLength={120} autocomplete="off" />
          <TextField name="email" label="E-mail address" type="email" autocomplete="off" />
          <CheckboxField
            name="administrator"
            label="Administrator"
            help="May make accounts and look after the mails; sees no money by that."
          />
        </Form>
      </Card>
    </Shell>
  );
}

function AccountsTable({
  page,
  accounts,
  query,
  locale,
}: {
  page: PageContext;
  accounts: readonly AccountView[];
  query: AccountQuery;
  locale: string;
}) {
  return (
    <Table
      caption="Accounts"
      rows={accounts}
      sorting={sortingOf('/administration/people', query, 'name')}
      empty={{ icon: 'users', title: 'Nobody', text: 'No account is like that. Ask for less.' }}
      columns={[
        {
          heading: 'Name',
          sort: 'name',
          cell: ({ name, email }) => (
            <>
              {name}
              <span class="tb-under">{email}</span>
            </>
          ),
        },
        { heading: 'State', cell: ({ state }) => <StatusBadge of="account" state={state} /> },
        {
          heading: 'Role here',
          wideOnly: true,
          cell: ({ isAdministrator }) => (isAdministrator ? 'Administrator' : ''),
        },
        {
          heading: 'Last seen (UTC)',
          wideOnly: true,
          cell: ({ lastSeenAt }) =>
            lastSeenAt ? <InstantText at={lastSeenAt} timeZone="UTC" locale={locale} /> : '–',
        },
        {
          heading: 'Actions',
          kind: 'actions',
          cell: ({ id, state }) => (
            <ActionButton
              label={state === 'active' ? 'Mail a new link' : 'Invite again'}
              action={`/administration/people/${id}/link`}
              csrf={page.csrf}
              small
            />
          ),
        },
      ]}
    />
  );
}
