import { ActionButton, ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { History } from '../../web/components/history.js';
import { KeyValue } from '../../web/components/key-value.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { moneyText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { localeOf, seesThePool } from '../contracts/bond-frame.js';
import type { ClaimView } from './claim-view.js';
import { claimActions, claimTitle, periodText } from './claim-words.js';
import { ClaimedCard } from './claimed-card.js';
import { mayClaim } from './claims-page.js';
import { EvidenceCard } from './evidence-card.js';
import { WorkingCard } from './working-card.js';

interface Props {
  page: PageContext;
  view: ClaimView;
}

/** A claim: what was claimed, what was found of it, and how it comes to its money. */
export function ClaimPage({ page, view }: Props) {
  const { claim, bond, history, timeZone } = view;
  const locale = localeOf(page);
  const period = { number: claim.period, from: claim.periodFrom, to: claim.periodTo };
  return (
    <Shell page={page}>
      <PageHeader
        title={
          claim.net === null
            ? claimTitle(claim)
            : `${claimTitle(claim)}: ${moneyText(claim.net, claim.currency, locale)}`
        }
        facts={
          <>
            <StatusBadge of="claim" state={claim.state} />
            {claim.isPaid && <StatusBadge of="outcomeInvoice" state="paid" />}
            <span>{periodText(period, locale)}</span>
            <a href={`/bonds/${bond.id}/claims`}>{bond.title}</a>
          </>
        }
      >
        <Actions page={page} view={view} />
      </PageHeader>
      <Standing view={view} />
      <Columns kind="main">
        <Stack>
          {claim.state === 'verified' && (
            <WorkingCard
              locale={locale}
              view={{ ...view, invoices: seesThePool(page) ? view.invoices : [] }}
            />
          )}
          <ClaimedCard view={view} />
        </Stack>
        <Stack>
          <Who page={page} view={view} />
          <EvidenceCard page={page} view={view} />
          <Card title="What happened">
            <History
              events={history}
              actions={claimActions}
              fields={{}}
              timeZone={timeZone}
              locale={locale}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

function Actions({ page, view: { claim } }: Props) {
  const verifies = page.coalition?.roles.includes('verifier') ?? false;
  if (claim.state === 'draft' && mayClaim(page)) {
    return (
      <>
        <ActionLink label="Change it" href={`/claims/${claim.id}/edit`} icon="edit" />
        <ActionButton
          label="Hand it in to the verifier"
          action={`/claims/${claim.id}/submit`}
          csrf={page.csrf}
          weight="primary"
          icon="send"
        />
      </>
    );
  }
  if (claim.state !== 'submitted' || !verifies) return null;
  return (
    <ActionLink
      label="Verify the claim"
      href={`/claims/${claim.id}/verification`}
      icon="checks"
      weight="primary"
    />
  );
}

/** What stands in the way of it, or why it ended. */
function Standing({ view: { claim, signedVersion } }: { view: ClaimView }) {
  if (claim.state === 'rejected') return <Notice kind="warning" text={`Rejected: ${claim.decidedReason}`} />;
  if (claim.state === 'verified' || claim.termsNumber === signedVersion) return null;
  const todo =
    claim.state === 'draft'
      ? 'Save it again, so that it is under the new one.'
      : 'It is rejected, and claimed again under the new one.';
  return (
    <Notice
      kind="warning"
      text={`The contract was amended: this claim was made under version ${claim.termsNumber}, and version ${signedVersion} holds. ${todo}`}
    />
  );
}

function Who({ page, view: { claim, bond, timeZone } }: Props) {
  const at = (instant: Date) => <InstantText at={instant} timeZone={timeZone} locale={localeOf(page)} />;
  const decided = claim.state === 'verified' ? 'Verified by' : 'Rejected by';
  return (
    <Card title="Who and when">
      <KeyValue
        pairs={[
          ['Provider', <a href={`/organisations/${bond.providerId}`}>{bond.provider}</a>],
          ['Made by', claim.madeByName],
          ['Handed in', claim.submittedAt && at(claim.submittedAt)],
          [decided, claim.decidedByName],
          ['On', claim.decidedAt && at(claim.decidedAt)],
          ['The verifier says', claim.state === 'verified' && claim.decidedReason],
          ['Note', claim.note !== '' && claim.note],
          ['Contract', <a href={`/bonds/${bond.id}`}>Version {claim.termsNumber}</a>],
        ]}
      />
    </Card>
  );
}
