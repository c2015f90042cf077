import { ActionLink } from '../web/components/actions.js';
import { Card } from '../web/components/card.js';
import { DayText } from '../web/components/dates.js';
import { KeyValue } from '../web/components/key-value.js';
import { Money } from '../web/components/money.js';
import { coalitionPath } from '../web/navigation.js';
import type { PageContext } from '../web/page-context.js';
import { attributionWords, feeText, percentText, refundWords, tiersText } from './policy-words.js';
import { localeOf, mayDo } from './pool-frame.js';
import type { PoolOfPage, PoolView } from './pool-view.js';

interface Props {
  page: PageContext;
  view: PoolView;
}

interface Line {
  label: string;
  minor: bigint;
  href: string;
}

/** How the two availabilities come about, line by line; every line leads on. */
export function Available({ page, view: { pool, position } }: Props) {
  const home = `/pools/${pool.id}`;
  const expected = (position.pledgesReceivable * BigInt(pool.confidenceBasisPoints)) / 10_000n;
  const isCountedWhole = pool.confidenceBasisPoints === 10_000;
  return (
    <Card id="available" title="What is available" note={`In ${pool.currency}, today`}>
      <Working
        page={page}
        pool={pool}
        total={{ label: 'To pay out', minor: position.availableToDisburse }}
        lines={[
          { label: 'Cash', minor: position.cash, href: `${home}/ledger` },
          { label: 'Fees payable', minor: -position.feesPayable, href: `${home}/ledger?kind=fee.charged` },
          ...(position.heldForBonds === 0n
            ? []
            : [{ label: 'Held for bonds', minor: -position.heldForBonds, href: `${home}/accounts` }]),
          {
            label: 'Earmarked',
            minor: position.unearmarked - position.fundBalances,
            href: `${home}/accounts`,
          },
          { label: 'Reserve', minor: -position.reserve, href: '#policies' },
          {
            label: 'Approved, not paid yet',
            minor: -position.approvedUnsettled,
            href: coalitionPath(pool.coalitionId, 'payments'),
          },
        ]}
      />
      <Working
        page={page}
        pool={pool}
        total={{ label: 'To commit to grants', minor: position.availableToCommit }}
        lines={[
          { label: 'Fund balances', minor: position.fundBalances, href: `${home}/accounts` },
          {
            label: isCountedWhole
              ? 'Open pledges'
              : `Open pledges, ${percentText(pool.confidenceBasisPoints)}`,
            minor: expected,
            href: `${home}/pledges?state=signed`,
          },
          {
            label: 'Grants outstanding',
            minor: -position.grantsOutstanding,
            href: coalitionPath(pool.coalitionId, 'grants'),
          },
          ...(position.feesToCome === 0n
            ? []
            : [{ label: 'Fees on them', minor: -position.feesToCome, href: `${home}/fees` }]),
          { label: 'Reserve', minor: -position.reserve, href: '#policies' },
        ]}
      />
    </Card>
  );
}

interface WorkingProps {
  page: PageContext;
  pool: PoolOfPage;
  lines: readonly Line[];
  total: Omit<Line, 'href'>;
}

/** Lines that add up to what is available. What is not covered is said, for available is never below zero. */
function Working({ page, pool, lines, total }: WorkingProps) {
  const { currency } = pool;
  const money = (minor: bigint, href?: string) => (
    <Money minor={minor} currency={currency} locale={localeOf(page)} symbol={false} href={href} />
  );
  const sum = lines.reduce((running, { minor }) => running + minor, 0n);
  const short: Line[] = sum < 0n ? [{ label: 'Not covered', minor: -sum, href: '#policies' }] : [];
  return (
    <dl class="tb-balance">
      {[...lines, ...short].map(({ label, minor, href }) => (
        <div>
          <dt>{label}</dt>
          <dd>{money(minor, minor === 0n ? undefined : href)}</dd>
        </div>
      ))}
      <div class="tb-balance-closing">
        <dt>{total.label}</dt>
        <dd>{money(total.minor)}</dd>
      </div>
    </dl>
  );
}

/** By which rules the pool is run, and how far it is locked. */
export function Policies({ page, pool }: { page: PageContext; pool: PoolOfPage }) {
  const locale = localeOf(page);
  const may = mayDo(page);
  const money = (minor: bigint) => <Money minor={minor} currency={pool.currency} locale={locale} />;
  const attribution = attributionWords[pool.attributionRule as keyof typeof attributionWords];
  const refunds = refundWords[pool.refundPolicy as keyof typeof refundWords];
  return (
    <Card
      id="policies"
      title="Policies"
      actions={
        <>
          {may.lock && (
            <ActionLink
              small
              label="Bank account"
              href={`/pools/${pool.id}/bank-account`}
              icon="building-bank"
            />
          )}
          {may.lock && <ActionLink small label="Lock" href={`/pools/${pool.id}/lock`} icon="lock" />}
          {may.manage && <ActionLink small label="Change" href={`/pools/${pool.id}/edit`} icon="pencil" />}
        </>
      }
    >
      <KeyValue
        pairs={[
          ['Whose money pays', <Policy {...attribution} />],
          ['Refunds', <Policy {...refunds} />],
          ['Reserve', money(pool.reserve)],
          ['Open pledges count', percentText(pool.confidenceBasisPoints)],
          ['Fee', <a href={`/pools/${pool.id}/fees`}>{feeText(pool, locale)}</a>],
          ['Who approves', tiersText(pool.approvalTiers, pool.currency, locale)],
          [
            'Locked through',
            pool.lockedThrough ? (
              <>
                <DayText day={pool.lockedThrough} today={pool.today} locale={locale} />
                {may.lock && (
                  <>
                    {' · '}
                    <a href={`/pools/${pool.id}/unlock`}>Ask to move it back</a>
                  </>
                )}
              </>
            ) : (
              'Nothing is locked'
            ),
          ],
        ]}
      />
    </Card>
  );
}

const Policy = ({ label, note }: { label: string; note: string }) => (
  <>
    {label}
    <span class="tb-under">{note}</span>
  </>
);
