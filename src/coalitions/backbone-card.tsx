import { ActionLink } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { EmptyState } from '../web/components/empty-state.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Timeline } from '../web/components/timeline.js';
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
        <Timeline
          label="Organisations that serve as the backbone"
          marks={view.terms.map((term) => mark(term, page, view, isBackbone))}
        />
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

function mark(term: BackboneTermAnswer, page: PageContext, view: PeopleView, isBackbone: boolean) {
  const { today } = view;
  const locale = page.person?.locale ?? 'en-GB';
  const ended = term.standing === 'ended';
  return {
    when: (
      <>
        <DayText day={term.sinceOn} today={today} locale={locale} />
        {term.untilOn && ' – '}
        {term.untilOn && <DayText day={term.untilOn} today={today} locale={locale} />}
      </>
    ),
    title: term.organisationName,
    href: `/organisations/${term.organisationId}`,
    note: (
      <>
        {sectorNames[term.sector]}
        {isBackbone && !ended && ' · '}
        {isBackbone && !ended && <a href={`/backbone-terms/${term.id}/end`}>End the term</a>}
      </>
    ),
    status: <StatusBadge of="period" state={term.standing} />,
    tone: term.standing === 'serving' ? ('good' as const) : ('quiet' as const),
  };
}
