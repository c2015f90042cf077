import { Card, Columns, Stack } from '../../../web/components/card.js';
import { EmptyState } from '../../../web/components/empty-state.js';
import { PageHeader } from '../../../web/components/page-links.js';
import { plural } from '../../../web/format.js';
import { Shell } from '../../../web/shell.js';
import { PaymentTabs } from '../../payment-run-page.js';
import { EveryLine } from './every-line.js';
import { Figures } from './figures.js';
import { ImportCard } from './import-card.js';
import { isFinance, type ReconciliationProps } from './reconciliation-view.js';
import { Statements } from './statements-card.js';
import { WaitingLine } from './waiting-line.js';

/** The bank beside the ledger: what waits and what it may be, what was matched, and why the two differ. */
export function ReconciliationPage({ page, view }: ReconciliationProps) {
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
            note={`${plural(waiting.total, 'line')}, the oldest first. What it may be stands beside it, the surest first.`}
          >
            {waiting.items.length === 0 ? (
              <EmptyState
                icon="building-bank"
                title="Nothing waits"
                text="Lines that name our payments are matched by themselves. What is left comes here."
              />
            ) : (
              waiting.items.map((line) => <WaitingLine page={page} line={line} view={view} />)
            )}
          </Card>
          <EveryLine page={page} view={view} />
        </Stack>
        <Stack>
          {isFinance(page) && <ImportCard page={page} view={view} />}
          <Statements page={page} view={view} />
        </Stack>
      </Columns>
    </Shell>
  );
}
