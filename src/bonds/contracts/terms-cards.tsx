import { compareDecimals, parseDecimal } from '../../maths/exact.js';
import { parseAmount, sum } from '../../maths/money.js';
import { Card } from '../../web/components/card.js';
import { KeyValue } from '../../web/components/key-value.js';
import { Money } from '../../web/components/money.js';
import { Table } from '../../web/components/table.js';
import { plural } from '../../web/format.js';
import type { BandTerm, BondTerms, CouponBandTerm, RateCardTerm } from './bond-terms.js';
import {
  boundsText,
  fallbackText,
  kindNames,
  kindNotes,
  modeNames,
  percentText,
  shareRuleNames,
  shareRuleNotes,
  surplusText,
  tierNames,
  tierText,
} from './terms-words.js';

export interface TermsProps {
  terms: BondTerms;
  currency: string;
  locale: string;
  nameOf: (id: string) => string;
}

/** What is paid for: each metric with its price, or its bands as a ladder, the best on top. */
export function RateCard({ terms, currency, locale }: TermsProps) {
  const money = (text: string) => (
    <Money minor={parseAmount(text, currency)} currency={currency} locale={locale} symbol={false} />
  );
  return (
    <Card id="rate-card" title="Rate card" note="What is paid for, and how much" flush>
      <Table
        caption="The rate card"
        rows={terms.rateCard}
        empty={{ icon: 'receipt', title: 'Nothing is paid for yet', text: 'Add a metric with its price.' }}
        columns={[
          {
            heading: 'Outcome',
            cell: ({ metric, title }) => (
              <>
                {title} <code class="tb-quiet">{metric}</code>
              </>
            ),
          },
          {
            heading: 'Paid',
            cell: (line) => (
              <>
                {kindNames[line.kind]}
                {line.price !== null && <span class="tb-option-note">{kindNotes[line.kind]}</span>}
                <Ladder line={line} currency={currency} locale={locale} />
              </>
            ),
          },
          {
            heading: `Price (${currency})`,
            kind: 'number',
            cell: ({ price, unit }) =>
              price === null ? (
                <span class="tb-quiet">by band</span>
              ) : (
                <>
                  {money(price)}
                  {unit && <span class="tb-option-note">per {unit}</span>}
                </>
              ),
          },
          {
            heading: `Cap (${currency})`,
            kind: 'number',
            wideOnly: true,
            cell: ({ cap }) => (cap === null ? <span class="tb-quiet">none</span> : money(cap)),
          },
        ]}
      />
    </Card>
  );
}

/** Bands from the highest down, in words. */
function Ladder({ line, currency, locale }: { line: RateCardTerm; currency: string; locale: string }) {
  if (line.bands === null || line.bands.length === 0) return null;
  return (
    <>
      <ol class="tb-ladder" aria-label={`What “${line.metric}” is worth, the highest first`}>
        {highestFirst(line.bands).map((band) => (
          <li>
            <span>{boundsText(band)}</span>
            <Money minor={parseAmount(band.price, currency)} currency={currency} locale={locale} />
          </li>
        ))}
      </ol>
      {line.fallback && (
        <p class="tb-option-note">
          Where a claim misses it: {fallbackText(line.fallback)},{' '}
          <Money minor={parseAmount(line.fallback.price, currency)} currency={currency} locale={locale} />{' '}
          each, also for those that had missed before.
        </p>
      )}
      {line.mode === 'interpolated' && <span class="tb-option-note">{modeNames.interpolated}</span>}
    </>
  );
}

/** By where a band begins; what has no beginning is the lowest. */
const highestFirst = (bands: readonly BandTerm[]): BandTerm[] =>
  [...bands].sort((a, b) => byFrom(b.from, a.from));

function byFrom(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  return compareDecimals(parseDecimal(a), parseDecimal(b));
}

/** Who pays for outcomes, by which shares, up to which cap. */
export function PayersCard({ terms, currency, locale, nameOf }: TermsProps) {
  const { shareRule, payers } = terms;
  const isWeighed = shareRule !== 'remainingCap';
  return (
    <Card
      id="payers"
      title="Outcome payers"
      note={`${shareRuleNames[shareRule]}. ${shareRuleNotes[shareRule]} Nobody pays another’s share.`}
      flush
    >
      <Table
        caption="Outcome payers"
        rows={payers}
        empty={{ icon: 'users', title: 'Nobody pays yet', text: 'Say who pays for outcomes.' }}
        columns={[
          {
            heading: 'Payer',
            cell: ({ organisationId }) => (
              <a href={`/organisations/${organisationId}`}>{nameOf(organisationId)}</a>
            ),
          },
          {
            heading: 'Pays for',
            wideOnly: true,
            cell: ({ metrics, weights }) =>
              (metrics ?? weights?.map(({ metric }) => metric))?.join(', ') ?? 'every metric',
          },
          ...(isWeighed
            ? [
                {
                  heading: 'Weight',
                  kind: 'number' as const,
                  cell: ({ weight, weights }: BondTerms['payers'][number]) =>
                    weight ??
                    weights?.map((one) => (
                      <span class="d-block">
                        {one.metric} {one.weight}
                      </span>
                    )),
                },
              ]
            : []),
          {
            heading: `Cap (${currency})`,
            kind: 'number',
            cell: ({ cap }) =>
              cap === null ? (
                <span class="tb-quiet">none</span>
              ) : (
                <Money
                  minor={parseAmount(cap, currency)}
                  currency={currency}
                  locale={locale}
                  symbol={false}
                />
              ),
          },
        ]}
      />
    </Card>
  );
}

/** Who lends the capital, and how it comes back: tiers in their order, or coupons by what was reached. */
export function InvestorsCard({ terms, currency, locale, nameOf }: TermsProps) {
  const amounts = terms.investors.map(({ commitment }) => parseAmount(commitment, currency));
  const money = (minor: bigint) => <Money minor={minor} currency={currency} locale={locale} symbol={false} />;
  return (
    <Card id="investors" title="Investors" note="They lend the working capital when it is called" flush>
      <Table
        caption="Investors and what they commit"
        rows={terms.investors}
        empty={{ icon: 'coins', title: 'Nobody lends yet', text: 'Say who lends the working capital.' }}
        columns={[
          {
            heading: 'Investor',
            cell: ({ organisationId }) => (
              <a href={`/organisations/${organisationId}`}>{nameOf(organisationId)}</a>
            ),
            foot: amounts.length > 1 ? 'Total' : undefined,
          },
          {
            heading: `Commitment (${currency})`,
            kind: 'number',
            cell: (_, index) => money(amounts[index]!),
            foot: amounts.length > 1 ? money(sum(amounts)) : undefined,
          },
        ]}
      />
    </Card>
  );
}

/** In which order investors are paid, and what happens where it is not enough, or too much. */
export function ReturnsCard({ terms, currency, locale, nameOf }: TermsProps) {
  const { returns, guarantee, twoSided } = terms;
  return (
    <Card
      id="returns"
      title={returns.kind === 'waterfall' ? 'Waterfall' : 'Coupon ladder'}
      note={
        returns.kind === 'waterfall'
          ? 'Paid in this order until the money ends'
          : `Capital, and a coupon by how much of the plan was reached (${returns.dayCount})`
      }
    >
      {returns.kind === 'waterfall' ? (
        returns.tiers.length === 0 ? (
          <p class="tb-quiet">No tier yet: say in which order investors are paid.</p>
        ) : (
          <ol class="tb-tiers">
            {returns.tiers.map((tier) => (
              <li>
                <strong>{tierNames[tier.kind]}</strong>
                <span class="tb-option-note">{tierText(tier, currency, locale)}</span>
              </li>
            ))}
          </ol>
        )
      ) : (
        <Coupons bands={returns.bands} label="Coupons, the highest first" />
      )}
      {twoSided && (
        <>
          <p class="tb-card-note">
            Where outcomes are poor, investors pay in a share of their drawn capital:
          </p>
          <Coupons bands={twoSided.bands} label="What investors pay in, the highest first" />
        </>
      )}
      <KeyValue
        pairs={[
          [
            'Guarantee',
            guarantee &&
              `${percentText(guarantee.share)} of capital not returned at the close, by ${nameOf(guarantee.guarantorId)}`,
          ],
          ['Surplus at the close', surplusText(terms, nameOf)],
        ]}
      />
    </Card>
  );
}

function Coupons({ bands, label }: { bands: readonly CouponBandTerm[]; label: string }) {
  const ordered = [...bands].sort((a, b) => byFrom(b.from, a.from));
  return (
    <ol class="tb-ladder" aria-label={label}>
      {ordered.map((band) => (
        <li>
          <span>{boundsText(band, ' %')} of the plan</span>
          <span>{percentText(band.rate)}</span>
        </li>
      ))}
    </ol>
  );
}

/** The caps over all metrics, and what becomes of what they trim. */
export function CapsCard({ terms, currency, locale }: TermsProps) {
  const { caps, carryForward, invoiceDueDays } = terms;
  const money = (text: string | null) =>
    text === null ? (
      'none'
    ) : (
      <Money minor={parseAmount(text, currency)} currency={currency} locale={locale} />
    );
  return (
    <Card id="caps" title="Caps" note="What a cap trims is listed with the claim, never dropped silently">
      <KeyValue
        pairs={[
          ['Over all, ever', money(caps.bond)],
          ['In one period', money(caps.period)],
          ['For one person', money(caps.person)],
          [
            'What a period’s cap trims',
            caps.period !== null && (carryForward ? 'is claimed again in the next period' : 'is lost'),
          ],
          ['Invoices are due', `${plural(invoiceDueDays, 'day')} after they are sent`],
        ]}
      />
    </Card>
  );
}
