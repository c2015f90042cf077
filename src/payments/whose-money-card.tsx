import { ChartFigure } from '../web/charts/chart-figure.js';
import { shareBar } from '../web/charts/share-bar.js';
import { Card } from '../web/components/card.js';
import { EmptyState } from '../web/components/empty-state.js';
import { Money } from '../web/components/money.js';
import { Table } from '../web/components/table.js';
import { shareText } from '../web/format.js';
import type { PageContext } from '../web/page-context.js';
import type { Disbursement, FunderPart } from './disbursements.read.js';

interface Props {
  page: PageContext;
  payment: Disbursement;
  parts: FunderPart[];
}

/** Whose money paid a payment; before that, whose it would be if it were recorded now. */
export function WhoseMoneyCard({ page, payment, parts }: Props) {
  const isPaid = payment.entryId !== null;
  const title = isPaid ? 'Whose money paid it' : 'Whose money would pay it now';
  if (parts.length === 0) {
    return (
      <Card title={title}>
        <EmptyState
          icon="coins"
          title="Nobody’s"
          text={
            payment.state === 'rejected'
              ? 'The payment was stopped.'
              : 'What is left of the funders’ money does not reach for it.'
          }
        />
      </Card>
    );
  }
  const note = isPaid
    ? 'A share of the money, never of the impact: that is the coalition’s'
    : 'By the pool’s rule and today’s balances; recording it reckons again';
  return (
    <Card title={title} note={note} flush>
      {parts.length > 1 && (
        <div class="tb-card-body">
          <ShareBar page={page} payment={payment} parts={parts} title={title} />
        </div>
      )}
      <Parts page={page} payment={payment} parts={parts} title={title} />
    </Card>
  );
}

const localeOf = (page: PageContext): string => page.person?.locale ?? 'en-GB';

function ShareBar({ page, payment, parts, title }: Props & { title: string }) {
  const shares = parts.map(({ funder, earmark, amount }) => ({
    label: earmark === null ? funder : `${funder} (${earmark})`,
    minor: amount,
  }));
  return (
    <ChartFigure chart={shareBar(title, shares, { currency: payment.currency, locale: localeOf(page) })} />
  );
}

function Parts({ page, payment, parts, title }: Props & { title: string }) {
  const { currency, entryId } = payment;
  const locale = localeOf(page);
  return (
    <Table
      caption={title}
      rows={parts}
      columns={[
        {
          heading: 'Funder',
          cell: ({ funderId, funder, earmark }) => (
            <>
              <a href={`/organisations/${funderId}`}>{funder}</a>
              {earmark !== null && <span class="tb-under">restricted to {earmark}</span>}
            </>
          ),
        },
        {
          heading: 'Share',
          kind: 'number',
          cell: ({ amount }) => shareText(amount, payment.amount, locale),
        },
        {
          heading: `Amount (${currency})`,
          kind: 'number',
          cell: ({ amount }) => <Money minor={amount} currency={currency} locale={locale} symbol={false} />,
          foot: (
            <Money
              minor={parts.reduce((sum, { amount }) => sum + amount, 0n)}
              currency={currency}
              locale={locale}
              symbol={false}
              href={entryId === null ? undefined : `/entries/${entryId}`}
            />
          ),
        },
      ]}
    />
  );
}
