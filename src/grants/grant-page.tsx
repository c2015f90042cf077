import { ChartFigure } from '../web/charts/chart-figure.js';
import { sum } from '../maths/money.js';
import { splitOverhead } from '../maths/overhead.js';
import { shareBar } from '../web/charts/share-bar.js';
import { ActionLink } from '../web/components/actions.js';
import { Card, Columns, Stack } from '../web/components/card.js';
import { CardsOfLaterRooms } from '../web/components/cards-of-later-rooms.js';
import { DayText, InstantText } from '../web/components/dates.js';
import { KeyValue } from '../web/components/key-value.js';
import { Money } from '../web/components/money.js';
import { PageHeader } from '../web/components/page-links.js';
import { Stat, StatRow } from '../web/components/stat.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { plural, shareText } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import { VersionsCard } from './amendments/versions-card.js';
import { ConditionsCard } from './conditions/conditions-card.js';
import { ClosingCards } from './closing/closing-card.js';
import { GrantActions } from './grant-actions.js';
import { GrantDecision, type GrantPageProps } from './grant-decision.js';
import type { ReportingFrequency } from './grant.rules.js';
import { GrantHistory } from './grant-history.js';
import type { GrantView } from './grant-view.js';
import { templatesPath } from './schedule-templates/schedule-template-words.js';
import { ScheduleTable } from './schedule-table.js';
import { SuspensionNotice } from './suspension/suspension-notice.js';
import { TermCard } from './term-card.js';
import { DueText } from './triggers/due-text.js';
import { percentOfRate } from './uplift-percent.js';
import { dueText, howOftenText } from './reporting-words.js';
import { modeNames } from './words.js';

const sentence = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase());
const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** One grant: what was awarded, how much of it is paid, what comes when, and whose money it was. */
export function GrantPage({ page, view, refusal }: GrantPageProps) {
  const { grant, schedule, today } = view;
  const locale = localeOf(page);
  return (
    <Shell page={page}>
      <PageHeader
        title={grant.title}
        facts={
          <>
            <span>{grant.reference}</span>
            <a href={`/organisations/${grant.organisationId}`}>{grant.organisation}</a>
            <span>{modeNames[grant.mode]}</span>
            <StatusBadge of="grant" state={grant.state} />
          </>
        }
      >
        <GrantActions page={page} view={view} />
      </PageHeader>
      <Figures page={page} view={view} />
      <Columns kind="main">
        <Stack>
          <TermCard
            grant={grant}
            lines={schedule.filter(({ state }) => state !== 'cancelled')}
            today={today}
            locale={locale}
          />
          <Card
            id="schedule"
            title="Schedule"
            note={scheduleNote(view)}
            actions={
              page.coalition?.roles.includes('backbone') && (
                <ActionLink
                  small
                  label="Keep as a template"
                  href={`${templatesPath(grant.coalitionId)}/new?grantId=${grant.id}`}
                />
              )
            }
            flush
          >
            <ScheduleTable lines={schedule} currency={grant.currency} today={today} locale={locale} />
          </Card>
          <VersionsCard
            versions={view.versions}
            awardedAt={grant.awardedAt}
            today={today}
            timeZone={view.timeZone}
            locale={locale}
          />
          <ConditionsCard page={page} grant={grant} conditions={view.conditions} today={today} />
          <WhoseMoney page={page} view={view} />
        </Stack>
        <Stack>
          {view.suspension && <SuspensionNotice suspension={view.suspension} today={today} locale={locale} />}
          <ClosingCards
            closures={view.closures}
            today={today}
            locale={locale}
            seesThePool={view.seesThePool}
          />
          <GrantDecision page={page} view={view} refusal={refusal} />
          <Facts page={page} view={view} />
          <Goals view={view} />
          <CardsOfLaterRooms page={page} />
          <GrantHistory page={page} view={view} />
        </Stack>
      </Columns>
    </Shell>
  );
}

const isAwarded = ({ grant }: GrantView): boolean => grant.awardedAt !== null;

const scheduleNote = (view: GrantView): string =>
  isAwarded(view)
    ? 'Due on the business day that the coalition’s calendar gives for the day agreed'
    : 'What the award would make; nothing is committed yet';

function Figures({ page, view }: GrantPageProps) {
  const { grant, schedule, today, seesThePool } = view;
  const locale = localeOf(page);
  const money = (minor: bigint) => <Money minor={minor} currency={grant.currency} locale={locale} />;
  const open = schedule.filter(({ state }) => state !== 'paid' && state !== 'cancelled');
  const paidCount = schedule.filter(({ state }) => state === 'paid').length;
  const payments = `${coalitionPath(grant.coalitionId, 'payments')}/all?grantId=${grant.id}`;
  const next = open[0];
  return (
    <StatRow label="The grant in figures">
      <Stat
        label={isAwarded(view) ? 'Award' : 'Asked for'}
        value={money(grant.amount)}
        href="#schedule"
        note={plural(schedule.filter(({ state }) => state !== 'cancelled').length, 'instalment')}
        icon="signature"
      />
      {isAwarded(view) && (
        <Stat
          label="Paid"
          value={money(grant.paid)}
          href={seesThePool ? payments : '#schedule'}
          note={plural(paidCount, 'instalment')}
          icon="building-bank"
        />
      )}
      {grant.returned > 0n && (
        <Stat
          label="Returned"
          value={money(grant.returned)}
          href={`/grants/${grant.id}/returns`}
          note="given back by the partner"
          icon="arrow-back-up"
        />
      )}
      {isAwarded(view) && (
        <Stat
          label="Outstanding"
          value={money(grant.amount - grant.paid)}
          href="#schedule"
          note="promised, and not paid yet"
          icon="hourglass"
        />
      )}
      {next && (
        <Stat
          label={isAwarded(view) ? 'Next instalment' : 'First instalment'}
          value={money(next.amount)}
          href={next.href ?? '#schedule'}
          note={
            <DueText
              line={next}
              currency={grant.currency}
              today={today}
              locale={locale}
              relative={isAwarded(view)}
            />
          }
          tone={next.state === 'held' ? 'warning' : undefined}
          icon="calendar-due"
        />
      )}
    </StatRow>
  );
}

function WhoseMoney({ page, view: { grant, shares } }: GrantPageProps) {
  const locale = localeOf(page);
  if (shares.length === 0) return null;
  const { currency } = grant;
  const whole = sum(shares.map(({ amount }) => amount));
  const chart = shareBar(
    'Whose money paid it',
    shares.map(({ funder, amount }) => ({ label: funder, minor: amount })),
    { currency, locale },
  );
  const money = (minor: bigint) => <Money minor={minor} currency={currency} locale={locale} symbol={false} />;
  return (
    <Card
      title="Whose money paid it"
      note="A share of the money, never of the impact: that is the coalition’s"
      flush
    >
      <div class="tb-card-body">
        <ChartFigure chart={chart} />
      </div>
      <Table
        caption="Whose money has paid the grant so far"
        rows={shares}
        columns={[
          {
            heading: 'Funder',
            cell: ({ funderId, funder }) => <a href={`/organisations/${funderId}`}>{funder}</a>,
            foot: 'Total',
          },
          {
            heading: 'Share',
            kind: 'number',
            wideOnly: true,
            cell: ({ amount }) => shareText(amount, whole, locale),
          },
          {
            heading: `Amount (${currency})`,
            kind: 'number',
            cell: ({ amount }) => money(amount),
            foot: money(whole),
          },
        ]}
      />
    </Card>
  );
}

function Facts({ page, view }: GrantPageProps) {
  const { grant, pool, today, seesThePool, timeZone } = view;
  const locale = localeOf(page);
  const money = (minor: bigint) => <Money minor={minor} currency={grant.currency} locale={locale} />;
  const overhead = grant.overheadRate === null ? undefined : splitOverhead(grant.amount, grant.overheadRate);
  const day = (on: string) => <DayText day={on} today={today} locale={locale} />;
  return (
    <Card title="Terms">
      <KeyValue
        pairs={[
          ['Partner', <a href={`/organisations/${grant.organisationId}`}>{grant.organisation}</a>],
          ['Pool', seesThePool ? <a href={`/pools/${pool.id}`}>{pool.name}</a> : pool.name],
          ['Term begins', day(grant.startOn)],
          ['Term ends', day(grant.endOn)],
          [
            'Overhead rate',
            grant.overheadRate !== null && `${percentOfRate(grant.overheadRate)} % of direct costs`,
          ],
          ['Direct costs', overhead && money(overhead.direct)],
          ['Indirect costs', overhead && money(overhead.indirect)],
          [
            'Reports',
            <a href={`/grants/${grant.id}/reports`}>
              {sentence(
                `${howOftenText(grant.reportingFrequency as ReportingFrequency, grant.reportingTerms, locale)}, ${dueText(grant.reportingDueAfterDays, grant.reportingTerms)}`,
              )}
            </a>,
          ],
          [
            'Decision',
            grant.decisionId === null ? (
              grant.decisionReference
            ) : (
              <a href={`/decisions/${grant.decisionId}`}>{grant.decisionReference}</a>
            ),
          ],
          [
            'Awarded',
            grant.awardedAt && <InstantText at={grant.awardedAt} timeZone={timeZone} locale={locale} />,
          ],
        ]}
      />
    </Card>
  );
}

function Goals({ view: { grant, goals } }: { view: GrantView }) {
  return (
    <Card
      title="Goals"
      note={
        grant.mode === 'earmarked'
          ? 'Restricted to these'
          : 'What it works towards, by the partner’s own means'
      }
    >
      {goals.length === 0 ? (
        <p class="tb-quiet">It names no goal: the partner reports on any of the coalition’s.</p>
      ) : (
        goals.map(({ id, name }) => (
          <a class="d-block" href={`/goals/${id}`}>
            {name}
          </a>
        ))
      )}
    </Card>
  );
}
