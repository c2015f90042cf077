import type { Day } from '../../maths/day.js';
import { ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText, InstantText } from '../../web/components/dates.js';
import { KeyValue } from '../../web/components/key-value.js';
import { Money } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import type { GrantRow } from '../grants.read.js';
import { kindNames } from './amendment-words.js';
import type { GrantVersion } from './amendments.read.js';
import { PlansCompared } from './plans-compared.js';

interface Props {
  page: PageContext;
  grant: GrantRow;
  version: GrantVersion;
  /** Sees approvals and entries; a partner does not. */
  seesThePool: boolean;
  today: Day;
  timeZone: string;
}

/** One amendment: the plan before and after, who asked, who decided, and why. */
export function AmendmentPage({ page, grant, version, seesThePool, today, timeZone }: Props) {
  const locale = page.person?.locale ?? 'en-GB';
  const { state, approvalId } = version;
  return (
    <Shell page={page}>
      <PageHeader
        title={`${kindNames[version.kind]} of ${grant.reference}`}
        facts={
          <>
            <span>{version.number === null ? 'Not a version yet' : `Version ${version.number}`}</span>
            <a href={`/grants/${grant.id}`}>{grant.title}</a>
            <StatusBadge of="amendment" state={state} />
          </>
        }
      >
        {seesThePool && state === 'asked' && (
          <ActionLink
            label="To the request"
            href={`/approvals/${approvalId}`}
            icon="checks"
            weight="primary"
          />
        )}
      </PageHeader>
      <Columns kind="main">
        <Card
          title="Before and after"
          note={
            state === 'asked'
              ? 'Nothing has changed yet: others decide on it'
              : state === 'rejected'
                ? 'It was not approved, so the grant stayed as it was'
                : 'What was paid, on its way or asked for stayed as it was'
          }
          flush
        >
          <PlansCompared
            before={version.planBefore}
            after={version.planAfter}
            currency={version.currency}
            today={today}
            locale={locale}
          />
        </Card>
        <Stack>
          <Card title="What it changes">
            <KeyValue pairs={changes(version, today, locale)} />
          </Card>
          <Card title="Who, and why">
            <KeyValue
              pairs={[
                ['Why', version.reason],
                ['Asked for by', version.askedByName],
                ['Asked', <InstantText at={version.askedAt} timeZone={timeZone} locale={locale} />],
                [state === 'rejected' ? 'Ended by' : 'Approved by', version.decidedByName],
                [
                  'On',
                  version.decidedAt && (
                    <InstantText at={version.decidedAt} timeZone={timeZone} locale={locale} />
                  ),
                ],
                ['Because', version.decidedReason],
                [
                  'Request',
                  seesThePool && <a href={`/approvals/${approvalId}`}>What was asked for, and who signed</a>,
                ],
                [
                  'Decision',
                  version.decisionId !== null && <a href={`/decisions/${version.decisionId}`}>Its motion</a>,
                ],
                [
                  'Ledger',
                  seesThePool && version.entryId !== null && (
                    <a href={`/entries/${version.entryId}`}>Its entry</a>
                  ),
                ],
              ]}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

function changes(version: GrantVersion, today: Day, locale: string): Parameters<typeof KeyValue>[0]['pairs'] {
  const { awardBefore, awardAfter, endOnBefore, endOnAfter, currency } = version;
  const money = (minor: bigint) => <Money minor={minor} currency={currency} locale={locale} />;
  const day = (on: Day) => <DayText day={on} today={today} locale={locale} />;
  return [
    ['Award before', money(awardBefore)],
    ['Award after', money(awardAfter)],
    ['Term ended', day(endOnBefore)],
    ['Term ends', day(endOnAfter)],
  ];
}
