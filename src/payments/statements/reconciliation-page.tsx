import type { Page } from '../../platform/http/list.js';
import { Card, Columns, Stack } from '../../web/components/card.js';
import { ActionButton } from '../../web/components/actions.js';
import { DayText, InstantText } from '../../web/components/dates.js';
import { EmptyState } from '../../web/components/empty-state.js';
import { ListCard, sortingOf } from '../../web/components/list-card.js';
import { Money, MoneyCell } from '../../web/components/money.js';
import { PageHeader } from '../../web/components/page-links.js';
import { Stat, StatRow } from '../../web/components/stat.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { Table } from '../../web/components/table.js';
import { dayText, moneyText, plural } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { newIdempotencyKey } from '../../web/pages.js';
import { Shell } from '../../web/shell.js';
import { localeOf } from '../../pools/pool-frame.js';
import type { PoolOfPage } from '../../pools/pool-view.js';
import { PaymentTabs } from '../payment-run-page.js';
import type { Option } from '../../web/forms/fields.js';
import type { BankLineQuery } from './bank-statement.dto.js';
import type { BankLine, BankStatement, Candidate, Reconciliation } from './bank-statements.read.js';
import { offBy } from './matching.rules.js';

export interface ReconciliationView {
  pool: PoolOfPage;
  query: BankLineQuery;
  waiting: Page<BankLine>;
  candidates: Map<string, Candidate[]>;
  funders: readonly Option[];
  lines: Page<BankLine>;
  statements: Page<BankStatement>;
  reconciliation: Reconciliation;
}

interface Props {
  page: PageContext;
  view: ReconciliationView;
}

const isFinance = (page: PageContext): boolean => page.coalition?.roles.includes('finance') ?? false;

/** The bank beside the ledger: what waits and what it may be, what was matched, and why the two differ. */
export function ReconciliationPage({ page, view }: Props) {
  const { pool, waiting } = view;
  return (
    <Shell page={page}>
      <PageHeader title="Payments" facts={`${pool.name}, beside its bank account`} />
      <PaymentTabs coalitionId={pool.coalitionId} current="bank" />
      <Figures page={page} view={view} />
      <Columns kind="main">
        <Stack>
          <Card
            title="Waiting for you"
            note={`${plural(waiting.total, 'line')}, the oldest first. What it may be stands beside it.`}
          >
            {waiting.items.length === 0 ? (
              <EmptyState
                icon="building-bank"
                title="Nothing waits"
                text="Lines that name our payments are matched by themselves. What is left comes here."
              />
            ) : (
              waiting.items.map((line) => (
                <Waiting
                  page={page}
                  line={line}
                  candidates={view.candidates.get(line.id) ?? []}
                  funders={view.funders}
                  pool={pool}
                />
              ))
            )}
          </Card>
          <Lines page={page} view={view} />
        </Stack>
        <Stack>
          {isFinance(page) && <Import page={page} pool={pool} />}
          <Statements page={page} view={view} />
        </Stack>
      </Columns>
    </Shell>
  );
}

function Figures({ page, view: { pool, reconciliation, waiting } }: Props) {
  const locale = localeOf(page);
  const { bank, bankOn, cash, unposted } = reconciliation;
  const money = (minor: bigint) => <Money minor={minor} currency={pool.currency} locale={locale} />;
  const unexplained = bank === null ? null : bank - cash - unposted;
  return (
    <StatRow label="The bank beside the ledger">
      <Stat
        label="The bank says"
        value={bank === null ? 'Not known yet' : money(bank)}
        href="#statements"
        note={bankOn ? `on ${dayText(bankOn, locale)}` : 'import a statement with balances'}
      />
      <Stat label="Cash in the ledger" value={money(cash)} href={`/pools/${pool.id}/accounts`} />
      <Stat
        label="On the bank, not in the ledger"
        value={money(unposted)}
        href={`/pools/${pool.id}/bank?state=unmatched`}
        note={plural(waiting.total, 'line waits', 'lines wait')}
        tone={waiting.total > 0 ? 'warning' : undefined}
      />
      <Stat
        label="Not explained"
        value={unexplained === null ? '–' : money(unexplained)}
        href={`/pools/${pool.id}/ledger`}
        note={unexplained === 0n ? 'all is accounted for' : 'in the ledger, not on a statement yet'}
        tone={unexplained === 0n ? 'good' : undefined}
      />
    </StatRow>
  );
}

interface WaitingProps {
  page: PageContext;
  line: BankLine;
  candidates: readonly Candidate[];
  funders: readonly Option[];
  pool: PoolOfPage;
}

function Waiting({ page, line, candidates, funders, pool }: WaitingProps) {
  const locale = localeOf(page);
  return (
    <section class="tb-bank-line">
      <div>
        <strong>
          <Money minor={line.amount} currency={line.currency} locale={locale} />
        </strong>{' '}
        <DayText day={line.bookedOn} today={pool.today} locale={locale} />
        <span class="tb-under">
          {[line.counterparty, line.remittance].filter((text) => text !== '').join(' · ') || 'No text'}
        </span>
        <span class="tb-under">
          {line.reference}
          {line.note === null ? '' : ` · ${line.note}`}
          {line.isReturn ? ` · came back${line.returnReason ? `: ${line.returnReason}` : ''}` : ''}
        </span>
      </div>
      {isFinance(page) && <Choices page={page} line={line} candidates={candidates} funders={funders} />}
    </section>
  );
}

function Choices({ page, line, candidates, funders }: Omit<WaitingProps, 'pool'>) {
  return (
    <div class="tb-bank-choices">
      {candidates.map(({ kind, id, label, reason }) => (
        <div>
          <ActionButton
            label={`It is ${label}`}
            action={`/bank-lines/${line.id}/match`}
            csrf={page.csrf}
            fields={{ kind, id }}
            idempotencyKey={newIdempotencyKey()}
            small
          />
          <span class="tb-under">{reason}</span>
        </div>
      ))}
      {line.amount > 0n ? (
        <PostContribution page={page} line={line} funders={funders} />
      ) : (
        <ActionButton
          label="It is a bank charge"
          action={`/bank-lines/${line.id}/charge`}
          csrf={page.csrf}
          idempotencyKey={newIdempotencyKey()}
          small
        />
      )}
      <details>
        <summary class="btn btn-sm">Set aside</summary>
        <form method="post" action={`/bank-lines/${line.id}/set-aside`} data-once>
          <input type="hidden" name="_csrf" value={page.csrf} />
          <label>
            <span class="visually-hidden">Reason</span>
            <input
              class="form-control form-control-sm"
              name="reason"
              placeholder="Why nothing is posted"
              required
            />
          </label>
          <button class="btn btn-sm" type="submit">
            Set aside
          </button>
        </form>
      </details>
    </div>
  );
}

/** Money that nobody has recorded yet: whose it is, is all there is to say. */
function PostContribution({ page, line, funders }: Pick<WaitingProps, 'page' | 'line' | 'funders'>) {
  return (
    <details>
      <summary class="btn btn-sm">It is a contribution</summary>
      <form method="post" action={`/bank-lines/${line.id}/contribution`} data-once>
        <input type="hidden" name="_csrf" value={page.csrf} />
        <input type="hidden" name="_idempotencyKey" value={newIdempotencyKey()} />
        <label>
          <span class="visually-hidden">Funder</span>
          <select class="form-select form-select-sm" name="funderId" required>
            <option value="">From which funder</option>
            {funders.map(({ value, label }) => (
              <option value={value}>{label}</option>
            ))}
          </select>
        </label>
        <button class="btn btn-sm" type="submit">
          Record it
        </button>
      </form>
    </details>
  );
}

function Lines({ page, view: { pool, lines, query } }: Props) {
  const locale = localeOf(page);
  const home = `/pools/${pool.id}/bank`;
  return (
    <ListCard
      page={page}
      title="Every line"
      note={`${plural(lines.total, 'line')}, in ${pool.currency}`}
      home={home}
      api={`/api/v1/pools/${pool.id}/bank-lines`}
      query={query}
      list={lines}
      filters={[
        {
          kind: 'choice',
          name: 'state',
          label: 'State',
          any: 'All states',
          options: [
            { value: 'unmatched', label: 'Waiting' },
            { value: 'matched', label: 'Matched' },
            { value: 'setAside', label: 'Set aside' },
          ],
        },
      ]}
    >
      <Table
        caption={`Lines of the bank statements, in ${pool.currency}`}
        rows={lines.items}
        sorting={sortingOf(home, query, '-bookedOn')}
        empty={{ icon: 'building-bank', title: 'No line', text: 'Import a statement of the pool’s account.' }}
        columns={[
          {
            heading: 'Booked',
            sort: 'bookedOn',
            cell: ({ bookedOn }) => <DayText day={bookedOn} today={pool.today} locale={locale} />,
          },
          {
            heading: 'Line',
            cell: ({ counterparty, remittance, reference }) => (
              <>
                {counterparty || remittance || reference}
                <span class="tb-under">{counterparty && remittance ? remittance : reference}</span>
              </>
            ),
          },
          { heading: 'State', cell: (line) => <LineState page={page} line={line} /> },
          {
            heading: 'Amount',
            kind: 'number',
            sort: 'amount',
            cell: ({ amount }) => <MoneyCell minor={amount} currency={pool.currency} locale={locale} />,
          },
        ]}
      />
    </ListCard>
  );
}

function whatItIs({ disbursementId, contributionId, bankChargeId }: BankLine) {
  if (disbursementId !== null) return { name: 'payment', href: `/disbursements/${disbursementId}` };
  if (contributionId !== null) return { name: 'contribution', href: `/contributions/${contributionId}` };
  return bankChargeId === null ? null : { name: 'charge', href: `/bank-charges/${bankChargeId}` };
}

function LineState({ page, line }: { page: PageContext; line: BankLine }) {
  const is = whatItIs(line);
  return (
    <>
      <StatusBadge of="bankLine" state={line.state} />
      {is && <a href={is.href}> {is.name}</a>}
      {line.decidedBy !== null && (
        <span class="tb-under">
          {line.decidedBy}
          {line.note === null ? '' : `: ${line.note}`}
        </span>
      )}
      {isFinance(page) && line.state !== 'unmatched' && line.disbursementId === null && (
        <ActionButton label="Put back" action={`/bank-lines/${line.id}/reopen`} csrf={page.csrf} small />
      )}
    </>
  );
}

function Import({ page, pool }: { page: PageContext; pool: PoolOfPage }) {
  return (
    <Card title="Import a statement" note="ISO 20022 camt.053, version 02 or 08">
      <form
        class="tb-form"
        method="post"
        action={`/pools/${pool.id}/bank-statements`}
        encType="multipart/form-data"
        data-once
      >
        <input type="hidden" name="_csrf" value={page.csrf} />
        <label class="form-label" for="statement-file">
          File from the bank
        </label>
        <input
          class="form-control"
          id="statement-file"
          type="file"
          name="file"
          accept=".xml,application/xml"
          required
        />
        <p class="form-hint">
          All of it or nothing. A file that was imported before adds nothing. What names our payments settles
          them.
        </p>
        <button class="btn btn-primary" type="submit">
          Import the statement
        </button>
      </form>
    </Card>
  );
}

function Statements({ page, view: { pool, statements } }: Props) {
  const locale = localeOf(page);
  return (
    <Card title="Statements" id="statements" note={`In ${pool.currency}, the newest first`} flush>
      <Table
        caption="Statements of the account"
        rows={statements.items}
        empty={{ icon: 'receipt', title: 'No statement yet', text: 'The first one begins the comparison.' }}
        columns={[
          {
            heading: 'Statement',
            cell: (statement) => (
              <>
                {statement.reference}
                <span class="tb-under">
                  {plural(statement.lines, 'line')}, by {statement.importedBy},{' '}
                  <InstantText at={statement.importedAt} timeZone={pool.timeZone} locale={locale} />
                </span>
                <BalanceNote statement={statement} locale={locale} />
              </>
            ),
          },
          {
            heading: 'Closing',
            kind: 'number',
            cell: ({ closing }) =>
              closing === null ? '–' : <MoneyCell minor={closing} currency={pool.currency} locale={locale} />,
          },
        ]}
      />
    </Card>
  );
}

function BalanceNote({ statement, locale }: { statement: BankStatement; locale: string }) {
  const off = offBy(statement);
  if (off === null || off === 0n) return null;
  return (
    <span class="tb-under tb-warning">
      Does not add up: off by {moneyText(off, statement.currency, locale)}
    </span>
  );
}
