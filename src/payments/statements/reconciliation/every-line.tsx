import { DayText } from '../../../web/components/dates.js';
import { ListCard, sortingOf } from '../../../web/components/list-card.js';
import { MoneyCell } from '../../../web/components/money.js';
import { StatusBadge } from '../../../web/components/status-badge.js';
import { Table } from '../../../web/components/table.js';
import { plural } from '../../../web/format.js';
import { localeOf } from '../../../pools/pool-frame.js';
import { isFingerprint, recordedAs } from '../fingerprints.js';
import type { BankLine } from '../matching/bank-lines.read.js';
import { PartLinks } from './part-links.js';
import type { ReconciliationProps } from './reconciliation-view.js';

/** Every line, and what became of it. */
export function EveryLine({ page, view: { pool, lines, query } }: ReconciliationProps) {
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
        rowHref={({ id }) => `/bank-lines/${id}`}
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
            cell: ({ counterparty, remittance, reference, bookedOn }) => (
              <>
                {counterparty || remittance || recordedAs({ reference, bookedOn })}
                <span class="tb-under">
                  {counterparty && remittance ? remittance : isFingerprint(reference) ? '' : reference}
                </span>
              </>
            ),
          },
          { heading: 'State', cell: (line) => <LineState line={line} /> },
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

function LineState({ line }: { line: BankLine }) {
  return (
    <>
      <StatusBadge of="bankLine" state={line.state} /> <PartLinks parts={line.parts} />
      {line.decidedBy !== null && (
        <span class="tb-under">
          {line.decidedBy}
          {line.note === null ? '' : `: ${line.note}`}
        </span>
      )}
    </>
  );
}
