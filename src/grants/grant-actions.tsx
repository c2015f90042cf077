import { ActionButton, ActionLink } from '../web/components/actions.js';
import type { GrantPageProps } from './grant-decision.js';
import { type GrantStep, stepsFrom } from './grant.rules.js';

/** What those who look at a grant may do with it next; forms lead to pages of their own. */
export function GrantActions({ page, view: { grant, closures, versions } }: GrantPageProps) {
  const steps = stepsFrom(grant.state);
  const { roles = [] } = page.coalition ?? {};
  const runs = roles.includes('backbone');
  const may = (step: GrantStep) => steps.includes(step) && (runs || roles.includes('finance'));
  const isAsked = closures.some(({ state }) => state === 'asked');
  const amendment = versions.find(({ state }) => state === 'asked');
  const home = `/grants/${grant.id}`;
  return (
    <>
      {runs && steps.includes('propose') && (
        <>
          <ActionLink label="Change the draft" href={`${home}/edit`} icon="pencil" />
          <ActionButton
            label="Propose it"
            action={`${home}/propose`}
            csrf={page.csrf}
            icon="send"
            weight="primary"
          />
        </>
      )}
      {roles.includes('finance') && grant.paid > grant.returned && (
        <ActionLink label="Record a return" href={`${home}/returns/new`} icon="arrow-back-up" />
      )}
      {amendment ? (
        <ActionLink
          label="The amendment asked for"
          href={`${home}/amendments/${amendment.id}`}
          icon="hourglass"
        />
      ) : (
        may('amend') && <ActionLink label="Amend it" href={`${home}/amend`} icon="pencil" />
      )}
      {may('suspend') && <ActionLink label="Suspend it" href={`${home}/suspend`} icon="player-pause" />}
      {!isAsked && may('close') && <ActionLink label="Close it" href={`${home}/close`} icon="archive" />}
      {!isAsked && may('closeMoney') && (
        <ActionLink label="Close its money" href={`${home}/close-money`} icon="archive" weight="primary" />
      )}
      {may('resume') && (
        <ActionLink label="Resume it" href={`${home}/resume`} icon="arrow-right" weight="primary" />
      )}
    </>
  );
}
