import type { Day } from '../../maths/day.js';
import type { HistoryEvent } from '../../platform/audit/history.js';
import { ActionButton, ActionLink } from '../../web/components/actions.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { DayText, InstantText } from '../../web/components/dates.js';
import { History } from '../../web/components/history.js';
import { KeyValue } from '../../web/components/key-value.js';
import { Money } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { type Step, Steps } from '../../web/components/timeline.js';
import { Table } from '../../web/components/table.js';
import { DayField, LongTextField } from '../../web/forms/fields.js';
import { Form } from '../../web/forms/form.js';
import { countText, moneyText, plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey, type Refusal } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { amountColumn } from '../amounts.js';
import { ibanText } from '../bank-accounts/bank-accounts-page.js';
import type { Batch, BatchFile, BatchLine } from './batches.read.js';

export interface BatchView {
  batch: Batch;
  lines: BatchLine[];
  files: BatchFile[];
  history: HistoryEvent[];
  timeZone: string;
  today: Day;
}

interface Props {
  page: PageContext;
  view: BatchView;
  refusal?: Refusal & { of: 'withdraw' | 'settle' };
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';
const isFinance = (page: PageContext): boolean => page.coalition?.roles.includes('finance') ?? false;

/** A batch: its lines and their control sum, the file for the bank, and how far it has come. */
export function BatchPage({ page, view, refusal }: Props) {
  const { batch } = view;
  const locale = localeOf(page);
  return (
    <Shell page={page}>
      <PageHeader
        title={`Batch ${batch.number}: ${plural(batch.count, 'payment')}, ${moneyText(batch.total, batch.currency, locale)}`}
        facts={
          <StatusBadge of="paymentBatch" state={batch.state} reason={batch.withdrawReason ?? undefined} />
        }
      >
        {batch.state === 'open' && (
          <ActionLink label="The request" href={`/approvals/${batch.approvalId}`} icon="signature" />
        )}
        {batch.state === 'released' && isFinance(page) && (
          <ActionButton
            label="The file has gone to the bank"
            action={`/payment-batches/${batch.id}/send`}
            csrf={page.csrf}
            icon="send"
            weight="primary"
            idempotencyKey={newIdempotencyKey()}
          />
        )}
      </PageHeader>
      <Steps label="The way of this batch" steps={stepsOf(view, locale)} />
      <Columns kind="main">
        <Stack>
          <Lines page={page} view={view} />
          {isFinance(page) && <WhatNext page={page} view={view} refusal={refusal} />}
        </Stack>
        <Stack>
          <Facts page={page} view={view} />
          <Files page={page} view={view} />
          <Card title="What happened">
            <History
              events={view.history}
              actions={{
                'paymentBatch.made': 'made it',
                'paymentBatch.released': 'released it',
                'paymentBatch.sent': 'sent it to the bank',
                'paymentBatch.withdrawn': 'withdrew it',
                'paymentBatch.done': 'recorded the last of its payments',
              }}
              fields={{}}
              timeZone={view.timeZone}
              locale={locale}
            />
          </Card>
        </Stack>
      </Columns>
    </Shell>
  );
}

function stepsOf({ batch, lines }: BatchView, locale: string): Step[] {
  const money = (minor: bigint) => moneyText(minor, batch.currency, locale);
  const paid = lines.filter(({ disbursementState }) => disbursementState === 'settled');
  const paidSum = paid.reduce((sum, { amount }) => sum + amount, 0n);
  const place = { open: 1, released: 2, sent: 3, done: 4, withdrawn: 0 }[batch.state];
  const at = (step: number): Step['state'] => (place > step ? 'done' : place === step ? 'current' : 'open');
  return [
    { title: 'Made', note: `${plural(batch.count, 'payment')}, ${money(batch.total)}`, state: 'done' },
    {
      title: batch.state === 'withdrawn' ? 'Withdrawn' : 'Released',
      note: batch.releasedAt ? money(batch.total) : 'by a second person',
      state: at(1),
      href: `/approvals/${batch.approvalId}`,
    },
    { title: 'File to the bank', note: batch.sentAt ? money(batch.total) : undefined, state: at(2) },
    {
      title: 'Matched',
      note: `${batch.paidCount} of ${batch.count}, ${money(paidSum)}`,
      state: at(3),
    },
  ];
}

function Lines({ page, view: { batch, lines } }: Props) {
  const locale = localeOf(page);
  const amount = amountColumn(lines, locale);
  return (
    <Card title="Payments" note="The account of each payee as it was when the batch was made" flush>
      <Table
        caption="Payments of the batch"
        rows={lines}
        rowHref={({ disbursementId }) => `/disbursements/${disbursementId}`}
        columns={[
          {
            heading: 'To',
            cell: ({ payee, grantReference, instalmentNumber }) => (
              <>
                {payee}
                <span class="tb-under">
                  {grantReference}, instalment {instalmentNumber}
                </span>
              </>
            ),
            foot: 'Control sum',
          },
          {
            heading: 'Account',
            wideOnly: true,
            cell: ({ creditorIban, creditorName }) => (
              <>
                {ibanText(creditorIban)}
                <span class="tb-under">{creditorName}</span>
              </>
            ),
          },
          ...(batch.state === 'open' || batch.state === 'withdrawn'
            ? []
            : [
                {
                  heading: 'State',
                  cell: ({ disbursementState }: BatchLine) => (
                    <StatusBadge of="disbursement" state={disbursementState} />
                  ),
                },
              ]),
          // One line needs its sum too: it is what the bank is told.
          {
            ...amount,
            foot: <Money minor={batch.total} currency={batch.currency} locale={locale} symbol={false} />,
          },
        ]}
      />
    </Card>
  );
}

function Facts({ page, view: { batch, today, timeZone } }: Props) {
  const locale = localeOf(page);
  const instant = (at: Date | null) => at && <InstantText at={at} timeZone={timeZone} locale={locale} />;
  return (
    <Card title="The batch">
      <KeyValue
        pairs={[
          ['Pool', <a href={`/pools/${batch.poolId}`}>{batch.pool}</a>],
          ['Bank pays on', <DayText day={batch.executionOn} today={today} locale={locale} relative />],
          ['From', batch.debtorName],
          ['IBAN', ibanText(batch.debtorIban)],
          ['Number of payments', countText(batch.count, locale)],
          ['Control sum', <Money minor={batch.total} currency={batch.currency} locale={locale} />],
          ['Made by', batch.madeBy],
          ['Released', instant(batch.releasedAt)],
          ['Sent', instant(batch.sentAt)],
        ]}
      />
    </Card>
  );
}

function Files({ page, view: { batch, files } }: Props) {
  if (files.length === 0) {
    return <Card title="File for the bank" note="Written when a second person has released the batch." />;
  }
  return (
    <Card title="File for the bank" note="Written once: every download is the same bytes">
      {files.map(({ format, sha256, sizeBytes }) => (
        <>
          <KeyValue
            pairs={[
              ['Format', format],
              ['Size', `${countText(sizeBytes, localeOf(page))} bytes`],
              [
                'Download',
                isFinance(page) && (
                  <a href={`/api/v1/payment-batches/${batch.id}/files/${format}`} download>
                    {format}.xml
                  </a>
                ),
              ],
            ]}
          />
          <p class="tb-under">SHA-256</p>
          <div class="tb-secret">
            <code>{sha256}</code>
            <button class="btn btn-sm" type="button" data-copy={sha256}>
              Copy
            </button>
          </div>
        </>
      ))}
    </Card>
  );
}

function WhatNext({ page, view: { batch, today }, refusal }: Props) {
  const { state, id } = batch;
  const locale = localeOf(page);
  const form = (of: 'withdraw' | 'settle') => ({
    action: `/payment-batches/${id}/${of}`,
    csrf: page.csrf,
    locale,
    idempotencyKey: newIdempotencyKey(),
    errors: refusal?.of === of ? refusal.errors : undefined,
    detail: refusal?.of === of ? refusal.detail : undefined,
    values: refusal?.of === of ? refusal.values : of === 'settle' ? { paidOn: today } : {},
  });
  const left = batch.count - batch.paidCount;
  const maySettle = state === 'released' || state === 'sent';
  const mayWithdraw = state === 'open' || (state === 'released' && batch.paidCount === 0);
  if (!maySettle && !mayWithdraw) return null;
  return (
    <Card title="What next">
      {maySettle && (
        <details class="tb-more" open={refusal?.of === 'settle'}>
          <summary>The bank has paid all of it</summary>
          <Form {...form('settle')} submit={`Record ${plural(left, 'payment')} as paid`}>
            <DayField
              name="paidOn"
              label="Paid on"
              max={today}
              help="Each is recorded under its EndToEndId. An imported statement does this by itself."
            />
          </Form>
        </details>
      )}
      {mayWithdraw && (
        <details class="tb-more" open={refusal?.of === 'withdraw'}>
          <summary>Withdraw the batch</summary>
          <Form {...form('withdraw')} submit="Withdraw the batch" plain>
            <LongTextField
              name="reason"
              label="Why"
              rows={2}
              maxLength={500}
              help="Only while the bank has not got the file. Its payments are approved again, and free for another batch."
            />
          </Form>
        </details>
      )}
    </Card>
  );
}
