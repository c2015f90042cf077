import type { HistoryEvent } from '../../platform/audit/history.js';
import { ActionButton, ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { History } from '../../web/components/history.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { LongTextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import type { PageContext } from '../../web/page-context.js';
import type { Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import type { ToolkitAnswer } from './toolkit.dto.js';
import type { EditionRow } from './toolkits.read.js';

export interface ToolkitView {
  toolkit: ToolkitAnswer;
  editions: EditionRow[];
  history: HistoryEvent[];
  /** The address of this page. */
  home: string;
  mayPrepare: boolean;
  /** Whether whoever looks asked for what waits, and so may not publish it. */
  isAsker: boolean;
  timeZone: string;
}

export interface ToolkitPageProps {
  page: PageContext;
  view: ToolkitView;
  refusal?: Refusal & { of: 'refuse' | 'unpublish' };
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** What the coalition chose to share, who asked for it and who published it, and every edition. */
export function ToolkitPage(props: ToolkitPageProps) {
  const { page, view } = props;
  const { toolkit, home, mayPrepare } = view;
  const { published, version } = toolkit;
  return (
    <Shell page={page}>
      <PageHeader
        title="Toolkit"
        facts={
          published ? (
            <>
              <StatusBadge of="toolkitEdition" state="published" />
              <a href={`/toolkit/${published.slug}`}>/toolkit/{published.slug}</a>
            </>
          ) : (
            'What the coalition shares with everybody. Nothing is public'
          )
        }
      >
        {version > 0 && <ActionLink label="Preview" href={`${home}/preview`} icon="eye" />}
        {mayPrepare && (
          <ActionLink
            label={version === 0 ? 'Choose what to share' : 'Change the choice'}
            href={`${home}/edit`}
            icon="pencil"
            weight={version === 0 ? 'primary' : 'plain'}
          />
        )}
      </PageHeader>
      {published && !toolkit.isCurrent && (
        <Notice text="What is public is not what would be published now: something of it has changed since." />
      )}
      <Columns kind="main">
        <Stack>
          <Chosen {...props} />
          <Editions {...props} />
        </Stack>
        <Stack>
          <NextStep {...props} />
          {published && (
            <Card title="Public">
              <p>
                {published.decidedBy} published edition {published.number}, as {published.askedBy} asked.{' '}
                <a href={`/toolkit/${published.slug}`}>See it as everybody does</a>
              </p>
              <EndForm {...props} of="unpublish" />
            </Card>
          )}
          <Card title="What happened">
            <History
              events={view.history}
              actions={{
                'toolkit.prepared': 'chose what to share',
                'toolkit.askedFor': 'asked to publish it',
                'toolkit.published': 'published it',
                'toolkit.refused': 'refused it',
                'toolkit.unpublished': 'took it off',
              }}
              fields={{ title: 'title', slug: 'address', introduction: 'introduction' }}
              timeZone={view.timeZone}
              locale={localeOf(page)}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

const kindNames = {
  page: 'Page',
  goal: 'Goal',
  learningEntry: 'Learning entry',
  decision: 'Decision',
} as const;

function Chosen({ view: { toolkit, home, mayPrepare } }: ToolkitPageProps) {
  return (
    <Card
      title={toolkit.title || 'What is chosen'}
      note={toolkit.namesPeople ? 'Who wrote an entry is named' : 'Nobody is named'}
      flush
    >
      <Table
        caption="What is chosen to be shared"
        rows={toolkit.items}
        empty={{
          icon: 'world',
          title: 'Nothing is chosen yet',
          text: 'Entries, goals with their curves, decisions, and pages written for those who would do the same.',
          action: mayPrepare ? { label: 'Choose what to share', href: `${home}/edit` } : undefined,
        }}
        columns={[
          { heading: 'What', cell: ({ title }) => title },
          { heading: 'Kind', cell: ({ kind }) => kindNames[kind] },
        ]}
      />
    </Card>
  );
}

/** Asking, and looking at what somebody else asked for. */
function NextStep(props: ToolkitPageProps) {
  const { page, view } = props;
  const { toolkit, home, mayPrepare, isAsker, timeZone } = view;
  const { asked } = toolkit;
  if (asked === null) {
    if (!mayPrepare || toolkit.version === 0 || toolkit.isCurrent) return null;
    return (
      <Card title="Next step">
        <p>Look at the preview. Then somebody else looks at it too, and publishes it.</p>
        <ActionButton label="Ask to publish it" action={`${home}/ask`} csrf={page.csrf} weight="primary" />
      </Card>
    );
  }
  return (
    <Card title={`Edition ${asked.number} waits`}>
      <p>
        {asked.askedBy} asked for it,{' '}
        <InstantText at={new Date(asked.askedAt)} timeZone={timeZone} locale={localeOf(page)} />.{' '}
        <a href={`${home}/asked`}>Look at it</a>
      </p>
      {isAsker ? (
        <>
          <Notice text="You asked for it, so somebody else of the backbone or the approvers publishes it." />
          <ActionButton label="Ask anew, as it is now" action={`${home}/ask`} csrf={page.csrf} />
        </>
      ) : (
        <>
          <ActionButton
            label={`Publish it at /toolkit/${asked.slug}`}
            action={`${home}/publish`}
            csrf={page.csrf}
            weight="primary"
            fields={{ contentHash: asked.contentHash }}
          />
          <EndForm {...props} of="refuse" />
        </>
      )}
    </Card>
  );
}

const endings = {
  refuse: { summary: 'Refuse it', label: 'Why not', submit: 'Refuse it' },
  unpublish: {
    summary: 'Take it off',
    label: 'Why it is taken off',
    submit: 'Take it off now',
  },
} as const;

function EndForm({ page, view, refusal, of }: ToolkitPageProps & { of: 'refuse' | 'unpublish' }) {
  const refused = refusal?.of === of ? refusal : undefined;
  const { summary, label, submit } = endings[of];
  return (
    <details class="tb-more" open={refused !== undefined}>
      <summary>{summary}</summary>
      <Form
        action={`${view.home}/${of}`}
        csrf={page.csrf}
        locale={localeOf(page)}
        values={refused?.values}
        errors={refused?.errors}
        detail={refused?.detail}
        submit={submit}
        plain
      >
        <LongTextField name="reason" label={label} rows={2} maxLength={500} />
      </Form>
    </details>
  );
}

function Editions({ page, view: { editions, timeZone } }: ToolkitPageProps) {
  if (editions.length === 0) return null;
  const locale = localeOf(page);
  return (
    <Card title="Editions" note="What was asked for stays as it was" flush>
      <Table
        caption="Editions of the toolkit"
        rows={editions}
        columns={[
          { heading: 'Edition', cell: ({ number }) => String(number) },
          {
            heading: 'State',
            cell: ({ state, reason }) => (
              <StatusBadge of="toolkitEdition" state={state} reason={reason ?? undefined} />
            ),
          },
          {
            heading: 'Asked for',
            wideOnly: true,
            cell: ({ askedByName, askedAt }) => (
              <>
                {askedByName}, <InstantText at={askedAt} timeZone={timeZone} locale={locale} />
              </>
            ),
          },
          { heading: 'Looked at by', cell: ({ decidedByName }) => decidedByName ?? '–' },
        ]}
      />
    </Card>
  );
}
