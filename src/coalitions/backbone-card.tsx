import { ActionLink } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { EmptyState } from '../web/components/empty-state.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import type { BackboneTermAnswer } from './backbone-term.dto.js';
import type { PeopleView } from './people-view.js';
import { sectorNames } from './words.js';

interface Props {
  page: PageContext;
  view: PeopleView;
  isBackbone: boolean;
}

/** The organisation that serves the coalition, those that did, and the one that will. */
export function BackboneCard({ page, view, isBackbone }: Props) {
  const form = `${coalitionPath(view.coalitionId)}/backbone-terms/new`;
  const isNamed = view.terms.length > 0;
  return (
    <Card
      title="Backbone"
      note="Runs the coalition and votes on nothing"
      actions={isBackbone && isNamed && <ActionLink label="Name another" href={form} small />}
    >
      {isNamed ? (
        <ul class="list-unstyled mb-0 tb-stack">
          {view.terms.map((term) => (
            <Term term={term} page={page} view={view} isBackbone={isBackbone} />
          ))}
        </ul>
      ) : (
        <EmptyState
          icon="users"
          title="No organisation serves yet"
          text="The backbone may be neither a funder nor a grantee of the coalition while it serves."
          action={isBackbone ? { label: 'Name the backbone', href: form } : undefined}
        />
      )}
    </Card>
  );
}

function Term({ term, page, view, isBackbone }: Props & { term: BackboneTermAnswer }) {
  const locale = page.person?.locale ?? 'en-GB';
  return (
    <li>
      <a href={`/organisations/${term.organisationId}`}>{term.organisationName}</a>{' '}
      <StatusBadge of="period" state={term.standing} />
      <br />
      <span class="tb-quiet">
        {sectorNames[term.sector]}
        {term.standing === 'upcoming' ? ', from ' : ', since '}
        <DayText day={term.sinceOn} today={view.today} locale={locale} />
        {term.untilOn && ' until '}
        {term.untilOn && <DayText day={term.untilOn} today={view.today} locale={locale} />}
        {isBackbone && term.standing !== 'ended' && (
          <>
            {' · '}
            <a href={`/backbone-terms/${term.id}/end`}>End the term</a>
          </>
        )}
      </span>
    </li>
  );
}
