import type { ComponentChildren } from 'preact';
import { Card } from '../../web/components/card.js';
import { MoneyCell } from '../../web/components/money.js';
import { Table } from '../../web/components/table.js';
import { dayText, moneyText, shareText } from '../../web/format.js';
import type { PageContext } from '../../web/page-context.js';
import { localeOf } from '../contracts/bond-frame.js';
import type { Bond } from '../contracts/bonds.read.js';
import type { BondHeadroom, Headroom } from './headroom.read.js';

interface Props {
  page: PageContext;
  bond: Bond;
  headroom: BondHeadroom;
}

interface CapRow extends Headroom {
  of: ComponentChildren;
  name: string;
  /** What of it has come; null where it is not paid by itself, as of a line. */
  received: bigint | null;
}

/** How far each cap is used up by a day: of the bond, of its payers, of the lines of the rate card. */
export function HeadroomCard({ page, bond, headroom }: Props) {
  const locale = localeOf(page);
  const home = `/bonds/${bond.id}/payers`;
  const money = (minor: bigint | null) =>
    minor === null ? (
      <span class="tb-quiet">no cap</span>
    ) : (
      <MoneyCell minor={minor} currency={bond.currency} locale={locale} />
    );
  return (
    <Card
      title="What is left under each cap"
      note={`By ${dayText(headroom.on, locale)}, in ${bond.currency}`}
      actions={
        <form method="get" action={home} class="tb-as-of">
          <label>
            <span class="visually-hidden">As of</span>
            <input class="form-control form-control-sm" type="date" name="on" value={headroom.on} />
          </label>
          <button class="btn btn-sm" type="submit">
            As of this day
          </button>
        </form>
      }
      flush
    >
      <Table
        caption={`Headroom under the caps of ${bond.reference}`}
        rows={capsOf(bond, headroom)}
        columns={[
          {
            heading: 'Cap of',
            cell: (row) => (
              <>
                {row.of}
                <Bar row={row} currency={bond.currency} locale={locale} />
              </>
            ),
          },
          { heading: 'Cap', kind: 'number', wideOnly: true, cell: ({ cap }) => money(cap) },
          { heading: 'Used', kind: 'number', cell: ({ used }) => money(used) },
          {
            heading: 'Of it received',
            kind: 'number',
            wideOnly: true,
            cell: ({ received }) => received !== null && money(received),
          },
          {
            heading: 'Left',
            kind: 'number',
            cell: ({ left }) => (left === null ? <span class="tb-quiet">–</span> : money(left)),
          },
        ]}
      />
    </Card>
  );
}

const capsOf = (bond: Bond, { bond: whole, payers, lines }: BondHeadroom): CapRow[] => [
  { ...whole, of: <strong>The bond</strong>, name: 'the bond' },
  ...payers.map(({ payerId, payer, ...headroom }) => ({
    ...headroom,
    name: payer,
    of: <a href={`/bonds/${bond.id}/payers?payerId=${payerId}`}>{payer}</a>,
  })),
  ...lines
    .filter(({ cap, used }) => cap !== null || used > 0n)
    .map(({ title, ...headroom }) => ({
      ...headroom,
      ...{ name: title, received: null },
      of: (
        <>
          {title} <span class="tb-quiet">line of the rate card</span>
        </>
      ),
    })),
];

/** The cap as a bar: what has come, what is used, what is left. */
function Bar({ row, currency, locale }: { row: CapRow; currency: string; locale: string }) {
  const { cap, used, received, name } = row;
  if (cap === null || cap === 0n) return null;
  const percent = (minor: bigint) => `${Number(minor > cap ? 10_000n : (minor * 10_000n) / cap) / 100}%`;
  const said = `${name}: ${moneyText(used, currency, locale)} of ${moneyText(cap, currency, locale)} used, ${shareText(used, cap, locale)}`;
  return (
    <svg class="tb-headroom" role="img" aria-label={said} width="100%" height="8">
      <rect class="tb-headroom-cap" width="100%" height="8" rx="4" />
      <rect class="tb-headroom-used" width={percent(used)} height="8" rx="4" />
      {received !== null && <rect class="tb-headroom-received" width={percent(received)} height="8" rx="4" />}
    </svg>
  );
}
