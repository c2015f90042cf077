import { ActionButton } from '../web/components/actions.js';
import { Card, Columns } from '../web/components/card.js';
import { InstantText } from '../web/components/dates.js';
import { PageHeader } from '../web/components/page-links.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { MultiChoiceField } from '../web/forms/choices.js';
import { ChoiceField, TextField } from '../web/forms/fields.js';
import { Form } from '../web/forms/form.js';
import type { PageContext, PagePerson } from '../web/page-context.js';
import type { Refusal } from '../web/pages.js';
import { Shell } from '../web/shell.js';
import type { SessionView } from './account.service.js';
import type { ApiTokenAnswer } from './api-token.dto.js';
import { localeLabel, locales } from './locales.js';

export interface RefusedForm extends Refusal {
  form: 'profile' | 'password' | 'token';
}

export interface AccountPageProps {
  page: PageContext;
  sessions: readonly SessionView[];
  currentSessionId: string | null;
  tokens: readonly ApiTokenAnswer[];
  refused?: RefusedForm;
}

/** One's own account. */
export function AccountPage(props: AccountPageProps) {
  const { page, refused } = props;
  const person = page.person!;
  const refusedAs = (form: RefusedForm['form']) => (refused?.form === form ? refused : undefined);
  return (
    <Shell page={page}>
      <PageHeader title="My account" facts={person.email} />
      <Columns>
        <ProfileCard page={page} person={person} refused={refusedAs('profile')} />
        <PasswordCard page={page} person={person} refused={refusedAs('password')} />
      </Columns>
      <SessionsCard {...props} locale={person.locale} />
      <TokensCard {...props} person={person} refused={refusedAs('token')} />
    </Shell>
  );
}

interface FormCardProps {
  page: PageContext;
  person: PagePerson;
  refused?: Refusal;
}

function ProfileCard({ page, person, refused }: FormCardProps) {
  return (
    <Card title="Profile" id="profile">
      <Form
        action="/account"
        csrf={page.csrf}
        locale={person.locale}
        submit="Save"
        values={refused?.values ?? { name: person.name, locale: person.locale }}
        errors={refused?.errors}
        detail={refused?.detail}
      >
        <TextField name="name" label="Name" autocomplete="name" maxLength={120} />
        <ChoiceField
          name="locale"
          label="Figures and dates"
          help="How amounts and dates are written for you."
          options={locales.map((value) => ({ value, label: localeLabel(value) }))}
        />
      </Form>
    </Card>
  );
}

function PasswordCard({ page, person, refused }: FormCardProps) {
  return (
    <Card title="Password" id="password">
      <Form
        action="/account/password"
        csrf={page.csrf}
        locale={person.locale}
        submit="Change the password"
        errors={refused?.errors}
        detail={refused?.detail}
      >
        <TextField
          name="currentPassword"
          label="Current password"
          type="password"
          autocomplete="current-password"
        />
        <TextField
          name="newPassword"
          label="New password"
          type="password"
          autocomplete="new-password"
          help="At least 12 characters. It signs you out everywhere else."
        />
      </Form>
    </Card>
  );
}

function SessionsCard({ page, sessions, currentSessionId, locale }: AccountPageProps & { locale: string }) {
  const others = sessions.filter(({ id }) => id !== currentSessionId).length;
  return (
    <Card
      title="Where you are signed in"
      note="A session ends after 12 hours without use, and after 14 days in any case."
      id="sessions"
      flush
      actions={
        others > 0 && (
          <ActionButton
            label="Sign out everywhere else"
            action="/account/sessions/end-others"
            csrf={page.csrf}
            icon="logout"
            small
          />
        )
      }
    >
      <Table
        caption="Where you are signed in"
        rows={sessions}
        columns={[
          {
            heading: 'Browser',
            cell: ({ id, browser }) => (
              <>
                {browser}
                {id === currentSessionId && <span class="tb-quiet"> · this one</span>}
              </>
            ),
          },
          {
            heading: 'Signed in (UTC)',
            wideOnly: true,
            cell: ({ createdAt }) => <InstantText at={createdAt} timeZone="UTC" locale={locale} />,
          },
          {
            heading: 'Last seen (UTC)',
            cell: ({ lastSeenAt }) => <InstantText at={lastSeenAt} timeZone="UTC" locale={locale} />,
          },
        ]}
        empty={{ title: 'You came with an API token', text: 'No browser is signed in.' }}
      />
    </Card>
  );
}

function TokensCard({
  page,
  tokens,
  person,
  refused,
}: AccountPageProps & { person: PagePerson; refused?: Refusal }) {
  const { locale } = person;
  return (
    <>
      <Card
        title="API tokens"
        note="A token lets a program act in your name, with your roles and no more."
        id="tokens"
        flush
      >
        <Table
          caption="API tokens"
          rows={tokens}
          rowTone={({ state }) => (state === 'living' ? undefined : 'muted')}
          columns={[
            {
              heading: 'Token',
              cell: ({ name, prefix }) => (
                <>
                  {name} <code class="tb-quiet">{prefix}…</code>
                </>
              ),
            },
            { heading: 'May', wideOnly: true, cell: ({ scopes }) => scopes.join(' and ') },
            { heading: 'State', cell: ({ state }) => <StatusBadge of="apiToken" state={state} /> },
            {
              heading: 'Ends (UTC)',
              wideOnly: true,
              cell: ({ expiresAt }) => <InstantText at={expiresAt} timeZone="UTC" locale={locale} />,
            },
            {
              heading: 'Last used (UTC)',
              wideOnly: true,
              cell: ({ lastUsedAt }) =>
                lastUsedAt ? <InstantText at={lastUsedAt} timeZone="UTC" locale={locale} /> : 'never',
            },
            {
              heading: 'Actions',
              kind: 'actions',
              cell: ({ id, state }) =>
                state === 'living' && (
                  <ActionButton
                    label="Revoke"
                    action={`/account/tokens/${id}/revoke`}
                    csrf={page.csrf}
                    small
                  />
                ),
            },
          ]}
          empty={{
            title: 'No tokens yet',
            text: (
              <>
                Make one to reach the API from a program. What it can do is written in the{' '}
                <a href="/api/docs">API’s documents</a>.
              </>
            ),
          }}
        />
      </Card>
      <Card title="Make a token" id="new-token">
        <Form
          action="/account/tokens"
          csrf={page.csrf}
          locale={locale}
          submit="Make the token"
          values={refused?.values ?? { scopes: ['read'], expiresInDays: '90' }}
          errors={refused?.errors}
          detail={refused?.detail}
        >
          <TextField name="name" label="What it is for" maxLength={80} placeholder="Monthly export" />
          <MultiChoiceField
            name="scopes"
            label="What it may do"
            options={[
              { value: 'read', label: 'Read', note: 'Whatever you may see' },
              { value: 'write', label: 'Write', note: 'Whatever you may do, payments included' },
            ]}
          />
          <ChoiceField
            name="expiresInDays"
            label="How long it lives"
            options={[
              { value: '7', label: 'A week' },
              { value: '30', label: '30 days' },
              { value: '90', label: '90 days' },
              { value: '365', label: 'A year' },
            ]}
          />
        </Form>
      </Card>
    </>
  );
}
