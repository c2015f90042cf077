import { ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { CardsOfLaterRooms } from '../../web/components/cards-of-later-rooms.js';
import { DayText, InstantText } from '../../web/components/dates.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { MeasureTables } from '../scorecard/scorecard-cards.js';
import {
  AboutCard,
  CurveCard,
  isBackbone,
  localeOf,
  PartsCard,
  SeriesHeader,
  SeriesHistory,
  type SeriesView,
  StandingFigures,
} from '../series/series-page.js';
import type { Curve } from './curves.js';
import type { CurveAction, CurvePartner, CurveText } from './turning.read.js';
import type { CurveSection } from './turning.rules.js';

export interface TurningView extends SeriesView {
  texts: CurveText[];
  partners: CurvePartner[];
  actions: CurveAction[];
  /** Of the same goal: shown below, apart, and never in the curve. */
  measures: Curve[];
}

interface Props {
  page: PageContext;
  view: TurningView;
}

/** Turn the curve: the curve, the story behind it, who has a part in it, what works, and what is done. */
export function TurnTheCurvePage({ page, view }: Props) {
  const actions = view.actions.map(({ startsOn }, index) => ({ number: index + 1, startsOn }));
  return (
    <Shell page={page}>
      <SeriesHeader page={page} view={view} />
      <StandingFigures page={page} view={view} />
      <Columns kind="main">
        <Stack>
          <CurveCard page={page} view={view} actions={actions} />
          <ActionsCard page={page} view={view} />
        </Stack>
        <Stack>
          <TextCard page={page} view={view} section="story" title="The story behind the curve" />
          <TextCard page={page} view={view} section="whatWorks" title="What works" />
          <PartnersCard page={page} view={view} />
          <CardsOfLaterRooms page={page} />
        </Stack>
      </Columns>
      <PartsCard page={page} view={view} />
      <Columns>
        <AboutCard page={page} view={view} />
        <SeriesHistory page={page} view={view} />
      </Columns>
      {view.measures.length > 0 && (
        <section class="tb-apart" aria-label="Performance measures">
          <h3>Performance measures of the same goal</h3>
          <p class="tb-quiet">
            Of single programmes, apart from the indicator: what each contributes, not what it brought about.
          </p>
          <MeasureTables curves={view.measures} locale={localeOf(page)} />
        </section>
      )}
    </Shell>
  );
}

const teaching: Record<CurveSection, string> = {
  story: 'Why does the curve look as it does? The causes behind it, not who is to blame.',
  whatWorks: 'What would turn it? What has been shown to, and ideas that cost little.',
};

function TextCard({ page, view, section, title }: Props & { section: CurveSection; title: string }) {
  const { texts, timeZone, curve } = view;
  const [text, ...earlier] = texts.filter((one) => one.section === section);
  const locale = localeOf(page);
  const written = ({ writtenBy, writtenAt }: CurveText) => (
    <p class="tb-quiet">
      {writtenBy} · <InstantText at={writtenAt} timeZone={timeZone} locale={locale} />
    </p>
  );
  return (
    <Card
      title={title}
      id={section}
      actions={isBackbone(page) && <a href={`/indicators/${curve.series.id}/texts/${section}`}>Write</a>}
    >
      {text ? (
        <>
          <p class="tb-prose-lines">{text.body}</p>
          {written(text)}
        </>
      ) : (
        <p class="tb-quiet">{teaching[section]}</p>
      )}
      {earlier.length > 0 && (
        <details class="tb-more">
          <summary>{plural(earlier.length, 'earlier version')}</summary>
          {earlier.map((one) => (
            <>
              <p class="tb-prose-lines">{one.body}</p>
              {written(one)}
            </>
          ))}
        </details>
      )}
    </Card>
  );
}

function PartnersCard({ page, view: { partners, curve } }: Props) {
  return (
    <Card
      title="Partners"
      id="partners"
      note="Who has a part to play"
      actions={isBackbone(page) && <a href={`/indicators/${curve.series.id}/partners`}>Add or remove</a>}
    >
      {partners.length === 0 ? (
        <p class="tb-quiet">Nobody is named yet. Name those whose help the curve needs, members or not.</p>
      ) : (
        <ul class="tb-audit">
          {partners.map(({ name, organisationId, contribution }) => (
            <li>
              {organisationId === null ? (
                <strong>{name}</strong>
              ) : (
                <a href={`/organisations/${organisationId}`}>{name}</a>
              )}
              {contribution && <div class="tb-quiet">{contribution}</div>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function ActionsCard({ page, view: { actions, curve, today } }: Props) {
  const locale = localeOf(page);
  const address = `/indicators/${curve.series.id}/actions/new`;
  return (
    <Card
      title="Actions"
      id="actions"
      note="Numbered as in the curve"
      actions={isBackbone(page) && <ActionLink label="Add an action" href={address} small icon="plus" />}
      flush
    >
      <Table
        caption="What is done to turn the curve"
        rows={actions}
        rowHref={({ id }) => (isBackbone(page) ? `/curve-actions/${id}` : undefined)}
        rowTone={({ state }) => (state === 'dropped' ? 'muted' : undefined)}
        empty={{
          icon: 'check',
          title: 'Nothing is done yet',
          text: 'An action has somebody who sees to it, a day on which it begins and one by which it is done.',
        }}
        columns={[
          {
            heading: 'Action',
            cell: ({ title, owner, detail, note }, index) => (
              <>
                <span class="tb-action-number">{index + 1}</span>
                {title}
                <div class="tb-quiet">{[owner, detail, note].filter(Boolean).join(' · ')}</div>
              </>
            ),
          },
          {
            heading: 'From',
            wideOnly: true,
            cell: ({ startsOn }) => <DayText day={startsOn} today={today} locale={locale} />,
          },
          { heading: 'By', cell: ({ dueOn }) => <DayText day={dueOn} today={today} locale={locale} /> },
          {
            heading: 'State',
            cell: (action) => <StatusBadge of="curveAction" state={stateOf(action, today)} />,
          },
        ]}
      />
    </Card>
  );
}

/** An open action is planned before it begins, and late after the day by which it should be done. */
function stateOf({ state, startsOn, dueOn }: CurveAction, today: string): string {
  if (state !== 'open') return state;
  if (dueOn < today) return 'late';
  return startsOn > today ? 'planned' : 'open';
}
