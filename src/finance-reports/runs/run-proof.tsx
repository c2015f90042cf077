import { Card } from '../../web/components/card.js';
import { InstantText } from '../../web/components/dates.js';
import { KeyValue } from '../../web/components/key-value.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { dayText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import type { Delivery, ReportRun } from './runs.read.js';

interface Props {
  page: PageContext;
  view: { run: ReportRun; deliveries: Delivery[]; timeZone: string };
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

/** Of which instant, period and basis it is, and who asked for it. */
export function Proof({ page, view: { run, timeZone } }: Props) {
  const locale = localeOf(page);
  return (
    <Card title="Proof">
      <KeyValue
        pairs={[
          ['As of', <InstantText at={run.asOf} timeZone={timeZone} locale={locale} />],
          ['Period', periodText(run, locale)],
          ['Counted by', run.basis === 'occurred' ? 'the day it happened' : 'the day it was recorded'],
          ...run.rates.map(({ from, to, rate, source }): [string, string] => [
            `One ${from}`,
            `${rate} ${to}, says ${source}`,
          ]),
          ['Asked for', <InstantText at={run.askedAt} timeZone={timeZone} locale={locale} />],
          ['Made', run.madeAt && <InstantText at={run.madeAt} timeZone={timeZone} locale={locale} />],
          ['By', run.askedBy ?? 'its subscription'],
          ['Run', run.periodKey],
          ['Late', run.late && 'yes: the service was not running when it was due'],
          [
            'Subscription',
            run.subscriptionId && <a href={`/subscriptions/${run.subscriptionId}`}>Who gets it</a>,
          ],
          ['Again', run.againOf && <a href={`/report-runs/${run.againOf}`}>The first</a>],
          ['Pool', run.poolId && <a href={`/pools/${run.poolId}`}>{run.pools[0]?.name}</a>],
        ]}
      />
    </Card>
  );
}

const periodText = ({ period: { from, to } }: ReportRun, locale: string): string =>
  from === null ? `up to ${dayText(to, locale)}` : `${dayText(from, locale)} to ${dayText(to, locale)}`;

/** The hash of each file, and whether a file that somebody has is that file: it is read by the browser and sent nowhere. */
export function FileHashes({ view: { run } }: Pick<Props, 'view'>) {
  if (run.files.length === 0) return null;
  const known = Object.fromEntries(run.files.map(({ fileName, sha256 }) => [sha256, fileName]));
  return (
    <Card title="Files" note="Each by its SHA-256; made again as of then, a CSV has the same">
      {run.files.map(({ fileName, sha256, sizeBytes }) => (
        <>
          <p class="tb-under">
            {fileName}, {sizeText(sizeBytes)}
          </p>
          <div class="tb-secret">
            <code>{sha256}</code>
            <button class="btn btn-sm" type="button" data-copy={sha256}>
              Copy
            </button>
          </div>
        </>
      ))}
      <div class="tb-field tb-check-file" data-check-file={JSON.stringify(known)} hidden>
        <label class="form-label" for="check-file">
          Is a file that you have one of these?
        </label>
        <input class="form-control" type="file" id="check-file" />
        <output class="tb-field-help" for="check-file">
          It stays on your device.
        </output>
      </div>
      <p class="tb-field-help">
        Or where there is a terminal: <code>sha256sum</code> and the file’s name.
      </p>
    </Card>
  );
}

/** "1.2 MB". */
function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(0)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Who was sent it, and what became of each mail. */
export function Deliveries({ page, view: { run, deliveries, timeZone } }: Props) {
  return (
    <Card title="Where it went" flush>
      <Table
        caption="Mails that carried it"
        rows={deliveries}
        empty={{
          icon: 'inbox',
          title: 'It was sent to nobody',
          text: run.subscriptionId
            ? undefined
            : 'It was made on demand. Subscribe people to send it by mail.',
        }}
        columns={[
          {
            heading: 'To',
            cell: ({ name, to }) => (
              <>
                {name ?? to}
                <span class="tb-under">{to}</span>
              </>
            ),
          },
          {
            heading: 'State',
            cell: ({ state, sentAt, queuedAt }) => (
              <>
                <StatusBadge of="mail" state={state} />
                <span class="tb-under">
                  <InstantText at={sentAt ?? queuedAt} timeZone={timeZone} locale={localeOf(page)} />
                </span>
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}
