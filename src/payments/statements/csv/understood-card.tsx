import { Card } from '../../../web/components/card.js';
import { DayText } from '../../../web/components/dates.js';
import { MoneyCell } from '../../../web/components/money.js';
import { Notice } from '../../../web/components/problem.js';
import { Table } from '../../../web/components/table.js';
import { localeOf } from '../../../pools/pool-frame.js';
import { isFingerprint } from '../fingerprints.js';
import type { CsvMappingProps } from './csv-mapping-page.js';

/** The element that is drawn anew while one chooses. */
export const understoodId = 'understood';

/** How the first lines are understood, before anything is imported; and what is wrong with the first that is not. */
export function UnderstoodCard({ page, view: { pool, understanding } }: CsvMappingProps) {
  const locale = localeOf(page);
  const { lines, problem } = understanding!;
  const hasBalance = lines.some(({ balance }) => balance !== null);
  const money = (minor: bigint) => <MoneyCell minor={minor} currency={pool.currency} locale={locale} />;
  return (
    <Card
      title="So the first lines are understood"
      id={understoodId}
      note={`In ${pool.currency}. What came is positive, what went negative.`}
      flush
    >
      {problem !== null && <Notice kind="problem" text={problem} />}
      {lines.length > 0 && (
        <Table
          caption="The first lines of the file, as they are understood"
          rows={lines}
          columns={[
            { heading: 'Line', cell: ({ line }) => line },
            {
              heading: 'Booked',
              cell: ({ bookedOn }) => <DayText day={bookedOn} today={pool.today} locale={locale} />,
            },
            {
              heading: 'Who and what',
              cell: ({ counterparty, remittance }) => (
                <>
                  {counterparty || remittance || '–'}
                  {counterparty !== '' && <span class="tb-under">{remittance}</span>}
                </>
              ),
            },
            {
              heading: 'Named by',
              wideOnly: true,
              cell: ({ reference, endToEndId }) => (
                <span class="tb-break">
                  {endToEndId ?? (isFingerprint(reference) ? 'what it says' : reference)}
                </span>
              ),
            },
            { heading: 'Amount', kind: 'number', cell: ({ amount }) => money(amount) },
            ...(hasBalance
              ? [
                  {
                    heading: 'Balance',
                    kind: 'number' as const,
                    wideOnly: true,
                    cell: ({ balance }: { balance: bigint | null }) =>
                      balance === null ? '–' : money(balance),
                  },
                ]
              : []),
          ]}
        />
      )}
    </Card>
  );
}
