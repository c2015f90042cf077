import type { Day } from '../maths/day.js';
import { ActionButton, ActionLink } from '../web/components/actions.js';
import { Card, Stack } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { PageHeader } from '../web/components/page-links.js';
import { Notice } from '../web/components/problem.js';
import { Table } from '../web/components/table.js';
import { dayText, plural } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import { Shell } from '../web/shell.js';
import type { ActivityAnswer, TheoryAnswer } from './activity.dto.js';

export interface TheoryView {
  theory: TheoryAnswer;
  /** Who looks may write it: the organisation's own people, and the backbone. */
  mayWrite: boolean;
  today: Day;
}

interface Props {
  page: PageContext;
  view: TheoryView;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** An organisation's theory of change: its words, and the chain from what it does to the coalition's goals. */
export function TheoryPage({ page, view }: Props) {
  const { theory, mayWrite } = view;
  const home = `/organisations/${theory.organisationId}`;
  const living = theory.activities.filter(({ standing }) => standing !== 'ended');
  const aligned = living.filter(({ goals }) => goals.length > 0);
  const unaligned = living.filter(({ goals }) => goals.length === 0);
  const past = theory.activities.filter(({ standing }) => standing === 'ended');
  return (
    <Shell page={page}>
      <PageHeader
        title={`How ${theory.organisation} works`}
        facts={`${plural(living.length, 'activity', 'activities')}${unaligned.length > 0 ? `, ${unaligned.length} of them not aligned with a goal` : ''}`}
      >
        {mayWrite && (
          <ActionLink label="Add an activity" href={`${home}/activities/new`} icon="plus" weight="primary" />
        )}
        {mayWrite && (
          <ActionLink
            label={theory.statement === null ? 'Write it' : 'Write it anew'}
            href={`${home}/theory-of-change/edit`}
            icon="pencil"
          />
        )}
      </PageHeader>
      <Stack>
        <Statement page={page} theory={theory} />
        <Card title="From what is done to the goals" flush>
          <Chain page={page} view={view} activities={aligned} />
        </Card>
        {unaligned.length > 0 && (
          <Card
            title="Not aligned with a goal"
            note="Listed so that one sees them. Nothing is held back for it."
            flush
          >
            <Chain page={page} view={view} activities={unaligned} />
          </Card>
        )}
        {past.length > 0 && (
          <Card title="Ended" flush>
            <Chain page={page} view={view} activities={past} />
          </Card>
        )}
      </Stack>
    </Shell>
  );
}

function Statement({ page, theory }: { page: PageContext; theory: TheoryAnswer }) {
  const written =
    theory.writtenAt === null
      ? undefined
      : `${theory.writtenBy ?? 'Somebody'}, ${dayText(theory.writtenAt.slice(0, 10), localeOf(page))}`;
  return (
    <Card title="In its own words" note={written}>
      <p class="tb-prose">{theory.statement ?? 'Nothing is written yet.'}</p>
      <Notice text={`The common agenda: ${theory.commonAgenda}`} />
    </Card>
  );
}

function Chain({ page, view, activities }: Props & { activities: readonly ActivityAnswer[] }) {
  const { mayWrite, today, theory } = view;
  const locale = localeOf(page);
  return (
    <Table
      caption="Activities, what they bring about, and the goals that this leads to"
      rows={activities}
      rowTone={({ standing }) => (standing === 'ended' ? 'muted' : undefined)}
      empty={{
        icon: 'target',
        title: 'No activity leads to a goal yet',
        text: 'An activity says what it brings about, and which goal of the coalition that leads to.',
        action: mayWrite
          ? { label: 'Add an activity', href: `/organisations/${theory.organisationId}/activities/new` }
          : undefined,
      }}
      columns={[
        {
          heading: 'What is done',
          cell: ({ name, description, sinceOn, untilOn }) => (
            <>
              <strong>{name}</strong>
              <br />
              {description && <span>{description} </span>}
              <span class="tb-quiet">
                since <DayText day={sinceOn} today={today} locale={locale} />
                {untilOn && ' until '}
                {untilOn && <DayText day={untilOn} today={today} locale={locale} />}
              </span>
            </>
          ),
        },
        { heading: 'What it brings about', cell: ({ outcome }) => outcome },
        {
          heading: 'Towards',
          cell: ({ goals }) => (
            <ul class="list-unstyled mb-0">
              {goals.map(({ id, name }) => (
                <li>
                  <a href={`/goals/${id}`}>{name}</a>
                </li>
              ))}
            </ul>
          ),
        },
        ...(mayWrite
          ? [
              {
                heading: 'Actions',
                kind: 'actions' as const,
                cell: ({ id, standing }: ActivityAnswer) => (
                  <>
                    <ActionLink label="Change" href={`/activities/${id}/edit`} small />{' '}
                    {standing !== 'ended' && (
                      <ActionButton
                        label="End today"
                        action={`/activities/${id}/end`}
                        csrf={page.csrf}
                        small
                      />
                    )}
                  </>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
