import { ActionButton, ActionLink } from '../../web/components/actions.js';
import { Columns, Stack } from '../../web/components/card.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Notice } from '../../web/components/problem.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { instantText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { Shell } from '../../web/shell.js';
import { definitionOf } from '../definitions/report-definitions.js';
import { scopeOf } from '../documents/compose-report.js';
import { mayMake } from './finance-reports-page.js';
import { Control, Figures, Parts } from './run-figures.js';
import { Deliveries, FileHashes, Proof } from './run-proof.js';
import type { Delivery, ReportRun } from './runs.read.js';

export interface ReportRunView {
  run: ReportRun;
  /** The run that it makes again. */
  first: ReportRun | undefined;
  deliveries: Delivery[];
  timeZone: string;
}

interface Props {
  page: PageContext;
  view: ReportRunView;
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** A report: how far it is made; then its figures, and the proof that they are the ledger's. */
export function ReportRunPage({ page, view }: Props) {
  const { run, timeZone } = view;
  const open = run.state === 'queued' || run.state === 'making';
  // Looked at again every other second while it is made; what comes then has no such wish any more.
  const watching = open && {
    'hx-get': `/report-runs/${run.id}`,
    'hx-trigger': 'every 2s',
    'hx-target': '#report-run',
    'hx-select': '#report-run',
    'hx-swap': 'outerHTML',
  };
  return (
    <Shell page={page}>
      <div class="tb-stack" id="report-run" {...watching}>
        <PageHeader
          title={`${definitionOf(run.kind).title}, ${aboutOf(run)}`}
          facts={
            <>
              <span>as of {instantText(run.asOf, timeZone, localeOf(page))}</span>
              <StatusBadge of="run" state={run.state} />
            </>
          }
        >
          {run.files.map(({ format }) => (
            <ActionLink
              label={`Download ${format.toUpperCase()}`}
              href={`/api/v1/report-runs/${run.id}/files/${format}`}
              icon="download"
            />
          ))}
          {mayMake(page) && (
            <ActionButton
              label={open ? 'Cancel' : 'Run again as of then'}
              action={`/report-runs/${run.id}/${open ? 'cancel' : 'again'}`}
              csrf={page.csrf}
              icon={open ? 'ban' : 'report-money'}
            />
          )}
        </PageHeader>
        <State view={view} />
        {run.sections.map((section, index) => (
          <Figures
            page={page}
            section={section}
            poolId={run.pools[index]?.id}
            isOne={run.sections.length === 1}
          />
        ))}
        <Columns kind="main">
          <Stack>
            {run.sections.map((section) => (
              <>
                <Parts page={page} section={section} timeZone={timeZone} />
                <Control page={page} section={section} />
              </>
            ))}
          </Stack>
          <Stack>
            <Proof page={page} view={view} />
            <FileHashes view={view} />
            <Deliveries page={page} view={view} />
          </Stack>
        </Columns>
      </div>
    </Shell>
  );
}

const aboutOf = ({ pools, coalitionIds }: ReportRun): string =>
  pools.length > 0 ? scopeOf(pools) : `${coalitionIds.length} coalitions`;

function State({ view: { run, first } }: Pick<Props, 'view'>) {
  if (run.state === 'queued' || run.state === 'making') return <Making run={run} />;
  if (run.state === 'failed') {
    return (
      <Notice kind="problem" text={`It could not be made, and there is no file of it: ${run.failure}`} />
    );
  }
  if (run.state === 'doesNotTie') {
    return (
      <Notice
        kind="problem"
        text="Its totals do not tie to the ledger, so it was sent to nobody. See which below, and have the ledger verified."
      />
    );
  }
  if (!first || run.state !== 'made') return null;
  return isSameAs(run, first) ? (
    <Notice kind="done" text="Made again as of then: the same figures, the same SHA-256." />
  ) : (
    <Notice kind="problem" text="Made again as of then: it differs from the first. Compare the two." />
  );
}

/** How far it is: in rows where that is known, and else that it is under way. */
function Making({ run: { state, rowsWritten, rowsExpected, failure } }: Pick<ReportRunView, 'run'>) {
  const words =
    state === 'queued'
      ? failure === null
        ? 'It waits to be made.'
        : `It is tried again soon. The last time: ${failure}`
      : rowsExpected === null
        ? `It is being made: ${rowsWritten} rows so far.`
        : `It is being made: ${rowsWritten} of ${rowsExpected} rows.`;
  return (
    <div class="tb-making" role="status">
      <p>{words} This page follows it.</p>
      <progress value={state === 'making' && rowsExpected ? rowsWritten : undefined} max={rowsExpected ?? 1}>
        {words}
      </progress>
      <noscript>
        <p>Open the page again to see how far it is.</p>
      </noscript>
    </div>
  );
}

/** A PDF and a workbook say when they were written: only a CSV is the same to the byte. */
function isSameAs(run: ReportRun, first: ReportRun): boolean {
  const csvOf = ({ files }: ReportRun) => files.find(({ format }) => format === 'csv')?.sha256;
  const figuresOf = ({ sections }: ReportRun) => JSON.stringify(sections.map(({ keyFigures }) => keyFigures));
  return csvOf(run) === csvOf(first) && figuresOf(run) === figuresOf(first);
}
