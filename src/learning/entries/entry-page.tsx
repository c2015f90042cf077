import type { Day } from '../../maths/day.js';
import type { HistoryEvent } from '../../platform/audit/history.js';
import { ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText, InstantText } from '../../web/components/dates.js';
import { History } from '../../web/components/history.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { LongTextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { dayText, plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { hrefOfLink, linkKinds } from '../link-kinds.js';
import { Tags } from './entry-parts.js';
import type { LearningEntryAnswer, LearningEntryVersionAnswer } from './learning-entry.dto.js';

export interface EntryView {
  entry: LearningEntryAnswer;
  versions: LearningEntryVersionAnswer[];
  history: HistoryEvent[];
  mayChange: boolean;
  timeZone: string;
  today: Day;
}

interface Props {
  page: PageContext;
  view: EntryView;
  refusal?: Refusal;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** What an entry says, in the order in which one learns. */
export const parts = [
  { name: 'action', label: 'What we did' },
  { name: 'observation', label: 'What we saw' },
  { name: 'reflection', label: 'What we make of it' },
  { name: 'nextStep', label: 'What we do next' },
] as const;

/** A learning entry, what it is about, and everything that it ever said. */
export function EntryPage({ page, view, refusal }: Props) {
  const { entry, mayChange, today } = view;
  const locale = localeOf(page);
  return (
    <Shell page={page}>
      <PageHeader
        title={entry.title}
        facts={
          <>
            <span>
              <DayText day={entry.happenedOn} today={today} locale={locale} relative />
            </span>
            <span>{entry.author}</span>
          </>
        }
      >
        {mayChange && <ActionLink label="Change" href={`/learning-entries/${entry.id}/edit`} icon="pencil" />}
      </PageHeader>
      {entry.withdrawnReason !== null && (
        <Notice kind="warning" text={`Withdrawn: ${entry.withdrawnReason}`} />
      )}
      <Columns kind="main">
        <Stack>
          <Card title="The entry">
            <Words words={entry} />
          </Card>
          <Earlier page={page} view={view} />
        </Stack>
        <Stack>
          <LinkedTo entry={entry} />
          {mayChange && <WithdrawCard page={page} entry={entry} refusal={refusal} />}
          <Card title="What happened">
            <History
              events={view.history}
              actions={{
                'learningEntry.written': 'wrote the entry',
                'learningEntry.changed': 'wrote it anew',
                'learningEntry.withdrawn': 'withdrew it',
              }}
              fields={{ title: 'title', happenedOn: 'day' }}
              timeZone={view.timeZone}
              locale={locale}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

type Said = Record<(typeof parts)[number]['name'], string>;

function Words({ words }: { words: Said }) {
  return (
    <dl class="tb-said">
      {parts
        .filter(({ name }) => words[name] !== '')
        .map(({ name, label }) => (
          <>
            <dt>{label}</dt>
            <dd class="tb-prose-lines">{words[name]}</dd>
          </>
        ))}
    </dl>
  );
}

function LinkedTo({ entry }: { entry: LearningEntryAnswer }) {
  return (
    <Card title="Linked to">
      {entry.links.length === 0 && (
        <p class="tb-quiet">Nothing yet. A link shows the entry on the page of what it is about, too.</p>
      )}
      {linkKinds
        .map((kind) => ({ ...kind, links: entry.links.filter((link) => link.kind === kind.kind) }))
        .filter(({ links }) => links.length > 0)
        .map(({ one, many, links }) => (
          <div class="tb-linked">
            <h3>{links.length === 1 ? one : many}</h3>
            <ul>
              {links.map((link) => (
                <li>
                  <a href={hrefOfLink(link)}>{link.title}</a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      <Tags coalitionId={entry.coalitionId} tags={entry.tags} />
    </Card>
  );
}

function Earlier({ page, view: { versions, timeZone } }: Props) {
  const [, ...earlier] = versions;
  if (earlier.length === 0) return null;
  const locale = localeOf(page);
  return (
    <Card title="What it said before">
      {earlier.map((one) => (
        <details class="tb-more">
          <summary>
            Version {one.version}, {one.writtenBy},{' '}
            <InstantText at={new Date(one.writtenAt)} timeZone={timeZone} locale={locale} />
          </summary>
          <p>
            <strong>{one.title}</strong> <span class="tb-quiet">{dayText(one.happenedOn, locale)}</span>
          </p>
          <Words words={one} />
        </details>
      ))}
      <p class="tb-quiet">{plural(earlier.length, 'earlier version')}: nothing that was written is lost.</p>
    </Card>
  );
}

function WithdrawCard({
  page,
  entry,
  refusal,
}: {
  page: PageContext;
  entry: LearningEntryAnswer;
  refusal?: Refusal;
}) {
  return (
    <Card title="Take it back">
      <details class="tb-more" open={refusal !== undefined}>
        <summary>Withdraw the entry</summary>
        <Form
          action={`/learning-entries/${entry.id}/withdraw`}
          csrf={page.csrf}
          locale={localeOf(page)}
          values={refusal?.values}
          errors={refusal?.errors}
          detail={refusal?.detail}
          submit="Withdraw it"
          plain
        >
          <LongTextField
            name="reason"
            label="Why"
            rows={3}
            maxLength={500}
            help="It stays with the entry, which stays on record."
          />
        </Form>
      </details>
    </Card>
  );
}
