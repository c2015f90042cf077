import { ActionButton, Actions } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { dayText } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import type { PeopleView } from './people-view.js';

/** Invitations that nobody has taken up yet: send one again, or take it back. */
export function InvitationsCard({ page, view }: { page: PageContext; view: PeopleView }) {
  const locale = page.person?.locale ?? 'en-GB';
  return (
    <Card
      title="Invitations"
      note={
        view.invitationsInAll > view.invitations.length
          ? `Sent, and not taken up yet: ${view.invitations.length} of ${view.invitationsInAll}`
          : 'Sent, and not taken up yet'
      }
      actions={<a href={`/api/v1/coalitions/${view.coalitionId}/invitations?format=csv`}>Export CSV</a>}
    >
      <ul class="list-unstyled mb-0 tb-stack">
        {view.invitations.map((invitation) => (
          <li>
            <strong>{invitation.name}</strong>{' '}
            <StatusBadge
              of="invitation"
              state={invitation.state}
              reason={
                invitation.state === 'open'
                  ? `until ${dayText(invitation.expiresAt.toISOString().slice(0, 10), locale)}`
                  : undefined
              }
            />
            <br />
            <span class="tb-quiet">{invitation.email}</span>
            <Actions>
              <ActionButton
                label="Send again"
                action={`/invitations/${invitation.id}/resend`}
                csrf={page.csrf}
                icon="send"
                small
              />
              <ActionButton
                label="Take back"
                action={`/invitations/${invitation.id}/revoke`}
                csrf={page.csrf}
                small
              />
            </Actions>
          </li>
        ))}
      </ul>
    </Card>
  );
}
