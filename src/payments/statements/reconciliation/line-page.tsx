import type { HistoryEvent } from '../../../platform/audit/history.js';
import { ActionButton } from '../../../web/components/actions.js';
import { Card, Columns, Stack } from '../../../web/components/card.js';
import { DayText } from '../../../web/components/dates.js';
import { History } from '../../../web/components/history.js';
import { KeyValue } from '../../../web/components/key-value.js';
import { MoneyCell } from '../../../web/components/money.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { Notice } from '../../../web/components/problem.js';
import { StatusBadge } from '../../../web/components/status-badge.js';
import { Table } from '../../../web/components/table.js';
import { moneyText } from '../../../web/format.js';
import type { PageContext } from '../../../web/page-context.js';
import type { Refusal } from '../../../web/pages.js';
import { Shell } from '../../../web/shell.js';
import { documentPath } from '../../../pools/journal/document-path.js';
import { localeOf } from '../../../pools/pool-frame.js';
import type { PoolOfPage } from '../../../pools/pool-view.js';
import { isFingerprint } from '../fingerprints.js';
import type { BankLine } from '../matching/bank-lines.read.js';
import type { NewChoice } from '../matching/matching.service.js';
import type { Suggestion } from '../matching/suggestions.rules.js';
import { partWord } from './part-links.js';
import { isFinance } from './reconciliation-view.js';
import { SetAside } from './set-aside.js';
import { SplitForm } from './split-form.js';
import { SuggestionButtons } from './suggestion-buttons.js';

export interface LineView {
  pool: PoolOfPage;
  line: BankLine;
  suggestions: Suggestion[];
  newChoices: NewChoice[];
  /** Why it cannot be put back into the queue. */
  stands: string | null;
  history: HistoryEvent[];
}

interface Props {
  page: PageContext;
  view: LineView;
  refusal?: Refusal;
}

/** A line of the bank: what the bank says at the left, what it is, or may be, at the right. */
export function LinePage({ page, view, refusal }: Props) {
  const { line, pool, history } = view;
  const locale = localeOf(page);
  return (
    <Shell page={page}>
      <PageHeader
        title={moneyText(line.amount, line.currency, locale)}
        facts={
          <>
            <StatusBadge of="bankLine" state={line.state} />
            <DayText day={line.bookedOn} today={pool.today} locale={locale} relative />
          </>
        }
      />
      {line.note !== null && (
        <Notice kind={line.state === 'unmatched' ? 'warning' : 'notice'} text={line.note} />
      )}
      <Columns>
        <Stack>
          <Facts page={page} view={view} />
          <Card title="What happened">
            <History
              events={history}
              actions={{
                'bankLine.matched': 'said what it is',
                'bankLine.setAside': 'set it aside',
                'bankLine.reopened': 'put it back into the queue',
              }}
              fields={{}}
              timeZone={pool.timeZone}
              locale={locale}
            />
          </Card>
        </Stack>
        <Stack>
          {line.state === 'unmatched'
            ? isFinance(page) && <WhatItMayBe page={page} view={view} refusal={refusal} />
            : line.parts.length > 0 && <WhatItIs page={page} view={view} />}
          {line.state !== 'unmatched' && isFinance(page) && <PutBack page={page} view={view} />}
        </Stack>
      </Columns>
    </Shell>
  );
}

function Facts({ page, view: { line, pool } }: Props) {
  return (
    <Card title="What the bank says">
      <KeyValue
        pairs={[
          ['Counterparty', line.counterparty || null],
          ['Text', line.remittance || null],
          [
            'Bank’s reference',
            isFingerprint(line.reference) ? (
              'None: it is told from others by what it says'
            ) : (
              <span class="tb-break">{line.reference}</span>
            ),
          ],
          ['EndToEndId', line.endToEndId !== null && <span class="tb-break">{line.endToEndId}</span>],
          ['Came back', line.isReturn && (line.returnReason ?? 'Yes')],
          ['Booked on', <DayText day={line.bookedOn} today={pool.today} locale={localeOf(page)} />],
          ['Account of', <a href={`/pools/${pool.id}/bank`}>{pool.name}</a>],
        ]}
      />
    </Card>
  );
}

function WhatItMayBe({ page, view, refusal }: Props) {
  const { line, suggestions } = view;
  const likely = suggestions.filter(({ by }) => by !== 'possible');
  return (
    <>
      <Card title="It may be" note="The surest first, each with its reason">
        <div class="tb-bank-choices">
          {likely.length === 0 && (
            <p>Nothing that is recorded or waits has this amount, or is named by the line.</p>
          )}
          <SuggestionButtons page={page} line={line} suggestions={likely} most={8} />
          <SetAside page={page} line={line} />
        </div>
      </Card>
      <SplitForm page={page} view={view} refusal={refusal} />
    </>
  );
}

function WhatItIs({ page, view: { line } }: Props) {
  const locale = localeOf(page);
  return (
    <Card title="What it is" note={`In ${line.currency}`} flush>
      <Table
        caption="What the line was found to be"
        rows={line.parts}
        rowHref={({ kind, id }) => documentPath(kind, id)}
        columns={[
          {
            heading: 'Part',
            cell: ({ kind }) => partWord(kind).replace(/^./, (first) => first.toUpperCase()),
            foot: 'The line',
          },
          {
            heading: 'How',
            cell: ({ posted }) => (posted ? 'posted by this line' : 'recorded before, found again'),
          },
          {
            heading: 'Amount',
            kind: 'number',
            cell: ({ amount }) => <MoneyCell minor={amount} currency={line.currency} locale={locale} />,
            foot: <MoneyCell minor={line.amount} currency={line.currency} locale={locale} />,
          },
        ]}
      />
    </Card>
  );
}

function PutBack({ page, view: { line, stands } }: Props) {
  return (
    <Card title="Was that wrong?">
      {stands === null ? (
        <>
          <p class="tb-field-help">
            What was posted stays; the line waits again, and can be found to be it again.
          </p>
          <ActionButton
            label="Put it back into the queue"
            action={`/bank-lines/${line.id}/reopen`}
            csrf={page.csrf}
          />
        </>
      ) : (
        <p class="tb-field-help">{stands}</p>
      )}
    </Card>
  );
}
