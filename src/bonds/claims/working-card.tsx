import type { ComponentChildren } from 'preact';
import { parseAmount, sum } from '../../maths/money.js';
import { Card } from '../../web/components/card.js';
import { StatusBadge } from '../../web/components/status-badge.js';
import { moneyText } from '../../web/format.js';
import type { ClaimView } from './claim-view.js';
import { acceptedText, claimedText, titleOf, trimNames } from './claim-words.js';
import type { ClaimLine, OutcomeWorking } from './claims.read.js';

interface Props {
  locale: string;
  view: Pick<ClaimView, 'lines' | 'claim' | 'terms'> & {
    workings: readonly Working[];
    /** Those that whoever looks may see. */
    invoices: ClaimView['invoices'];
  };
}

type Working = Omit<OutcomeWorking, 'id'>;

/** How a verified claim comes to its money, line by line: what was accepted, its price, each cap, and who pays. */
export function WorkingCard({ locale, view }: Props) {
  const { claim } = view;
  return (
    <Card
      title="How it comes to this"
      note={`In ${claim.currency}, under version ${claim.termsNumber} of the contract`}
    >
      <Workings locale={locale} view={view} />
    </Card>
  );
}

/** Each line’s working, and then what all of them come to. */
export function Workings({ locale, view }: Props) {
  return (
    <>
      {view.workings.map((working) => (
        <Worked
          locale={locale}
          view={view}
          working={working}
          line={view.lines.find(({ id }) => id === working.lineId)}
        />
      ))}
      <Totals locale={locale} view={view} />
    </>
  );
}

type Kind = 'step' | 'minus' | 'net' | 'share';

function Row({ kind, label, figure }: { kind: Kind; label: ComponentChildren; figure: ComponentChildren }) {
  return (
    <tr class={`tb-working-${kind}`}>
      <th scope="row">{label}</th>
      <td>{figure}</td>
    </tr>
  );
}

interface WorkedProps extends Props {
  working: Working;
  /** What was claimed; none where an earlier period’s trim is claimed again. */
  line: ClaimLine | undefined;
}

function Worked({ locale, view: { terms, claim }, working, line }: WorkedProps) {
  const { currency } = claim;
  const money = (minor: bigint) => moneyText(minor, currency, locale, false);
  return (
    <section class="tb-working">
      <h3>
        {titleOf(terms, working.metric)} {line?.verdict && <StatusBadge of="finding" state={line.verdict} />}
      </h3>
      {line?.reason && <q class="tb-audit-why">{line.reason}</q>}
      <table>
        <caption class="visually-hidden">The working of {titleOf(terms, working.metric)}</caption>
        <tbody>
          {line && <Row kind="step" label="Claimed" figure={claimedText(line)} />}
          {line && <Row kind="step" label="Accepted" figure={acceptedText(line)} />}
          <Row kind="step" label={working.working} figure={money(working.gross)} />
          {working.trimmed.map(({ by, amount }) => (
            <Row
              kind="minus"
              label={
                by === 'period' && terms.carryForward
                  ? `${trimNames.period}: claimed again in the next period`
                  : trimNames[by]
              }
              figure={money(-parseAmount(amount, currency))}
            />
          ))}
          <Row kind="net" label="Net" figure={money(working.net)} />
          {working.shares.map(({ payer, amount, unpaid }) => (
            <Row
              kind="share"
              label={
                <>
                  {payer}
                  {BigInt(unpaid) > 0n && (
                    <span class="tb-under">{money(BigInt(unpaid))} more exceeds its cap: nobody pays it</span>
                  )}
                </>
              }
              figure={money(BigInt(amount))}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Totals({ locale, view: { workings, claim, terms, invoices } }: Props) {
  const { currency } = claim;
  const money = (minor: bigint) => moneyText(minor, currency, locale, false);
  const total = (of: (working: Working) => bigint) => sum(workings.map(of));
  const trims = (Object.keys(trimNames) as (keyof typeof trimNames)[])
    .map((by) => ({
      by,
      amount: total(({ trimmed }) =>
        sum(trimmed.filter((trim) => trim.by === by).map(({ amount }) => parseAmount(amount, currency))),
      ),
    }))
    .filter(({ amount }) => amount > 0n);
  const payers = [
    ...new Map(
      workings.flatMap(({ shares }) => shares.map(({ partyId, payer }) => [partyId, payer] as const)),
    ),
  ];
  const ofPayer = (id: string, of: 'amount' | 'unpaid') =>
    total(({ shares }) =>
      sum(shares.filter(({ partyId }) => partyId === id).map((share) => BigInt(share[of]))),
    );
  const unpaid = sum(payers.map(([id]) => ofPayer(id, 'unpaid')));
  return (
    <section class="tb-working tb-working-total">
      <h3>In all</h3>
      <table>
        <caption class="visually-hidden">What the claim comes to in all</caption>
        <tbody>
          <Row kind="step" label="Before caps" figure={money(total(({ gross }) => gross))} />
          {trims.map(({ by, amount }) => (
            <Row
              kind="minus"
              label={by === 'line' ? 'Caps of lines' : by === 'person' ? 'Caps for people' : trimNames[by]}
              figure={money(-amount)}
            />
          ))}
          <Row kind="net" label="Net" figure={money(total(({ net }) => net))} />
          {payers.map(([id, payer]) => {
            const invoice = invoices.find(({ partyId }) => partyId === id);
            return (
              <Row
                kind="share"
                label={
                  <>
                    {payer}
                    {invoice && (
                      <>
                        {' '}
                        <a href={`/outcome-invoices/${invoice.id}`}>invoice {invoice.reference}</a>{' '}
                        <StatusBadge of="outcomeInvoice" state={invoice.state} />
                      </>
                    )}
                  </>
                }
                figure={money(ofPayer(id, 'amount'))}
              />
            );
          })}
          {unpaid > 0n && (
            <Row kind="share" label="Beyond the caps of payers: nobody pays it" figure={money(unpaid)} />
          )}
        </tbody>
      </table>
      {trims.some(({ by }) => by === 'period') && !terms.carryForward && (
        <p class="tb-quiet">By this contract, what the cap of a period takes is lost.</p>
      )}
    </section>
  );
}
