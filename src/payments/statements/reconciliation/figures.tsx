import { Money } from '../../../web/components/money.js';
import { Stat, StatRow } from '../../../web/components/stat.js';
import { dayText, plural } from '../../../web/format.js';
import { localeOf } from '../../../pools/pool-frame.js';
import type { ReconciliationProps } from './reconciliation-view.js';

/** What the bank says, what the ledger says, and what explains the difference. */
export function Figures({ page, view: { pool, reconciliation, waiting } }: ReconciliationProps) {
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
