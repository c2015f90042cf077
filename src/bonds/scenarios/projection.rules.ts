import { allocate } from '../../maths/allocate.js';
import { arrangeRateBands, percentReached } from '../../maths/coupon-ladder.js';
import { addDays, compareDays, type Day } from '../../maths/day.js';
import { guaranteePayment } from '../../maths/guarantee.js';
import { parseAmount, sum } from '../../maths/money.js';
import { type Multiples, multiplesOf } from '../../maths/multiple.js';
import type { TermPeriod } from '../../maths/term-periods.js';
import { paidByInvestors } from '../../maths/two-sided.js';
import { type Flow, type Xirr, xirr } from '../../maths/xirr.js';
import { claimPeriods } from '../claims/claim.rules.js';
import type { BondTerms } from '../contracts/bond-terms.js';
import { type InvestorFlows, workOut } from '../investors/distributions/distribution.rules.js';
import { type ExpectedPeriod, expectedPayments, type PlanLine } from '../plans/plan.rules.js';
import type { ProjectionStart } from './projection-start.js';

/** What may happen: outcomes by period, and what the provider is to be paid meanwhile. Minor units. */
export interface ScenarioInputs {
  lines: readonly PlanLine[];
  costs: readonly { on: Day; amount: bigint }[];
}

export const partyKinds = ['payer', 'investor', 'provider', 'guarantor', 'fee'] as const;
export type PartyKind = (typeof partyKinds)[number];

/** Money of a party: what it pays is below zero, what it gets above. Minor units. */
export interface ProjectedFlow {
  on: Day;
  party: PartyKind;
  /** Of the organisation; empty for the provider, who is one, and for fees, which the contract does not say who gets. */
  id: string;
  amount: bigint;
}

export interface ProjectedInvestor {
  id: string;
  drawn: bigint;
  /** Capital, and what was owed for poor outcomes. */
  paidIn: bigint;
  received: bigint;
  /** Of what was drawn, what never came back as capital. */
  lost: bigint;
  xirr: Xirr;
  multiples: Multiples;
}

export interface Projection {
  flows: ProjectedFlow[];
  payers: { id: string; pays: bigint }[];
  investors: ProjectedInvestor[];
  /** What the provider gets, its share of what is left included. */
  provider: bigint;
  /** What nobody had the money for. */
  costsUnpaid: bigint;
  /** Left in the bond at its end, for its surplus rule. */
  surplus: bigint;
  /** The most capital that was out at once. */
  mostOut: bigint;
}

/**
 * What a contract would come to, if this happened: outcome payments as the rate card, caps and payers have it, received
 * `invoiceDueDays` after their period; the provider paid when its costs fall due, from what the bond holds and, where
 * that is not enough, from what investors have still committed, by what each has left; and on each day of a receipt,
 * and on the last day, all that is not needed for later costs distributed, as a distribution would be. At the end investors pay where the
 * outcome is poor and the contract says so, and the guarantor for capital that is lost. Nothing is posted.
 *
 * What is received less what is paid is the surplus, to the unit.
 *
 * @param plan what the plan expects of each period: what a coupon, or a payment of investors, goes by
 * @param start where a bond stands that is under way: of the scenario only what comes after it still happens, and what
 *   is held, received and paid from then on is the surplus; the returns of investors are of the whole
 */
export function project(
  terms: BondTerms,
  currency: string,
  scenario: ScenarioInputs,
  plan: readonly ExpectedPeriod[] | null,
  start: ProjectionStart | null = null,
): Projection {
  const bond = new ProjectedBond(terms, currency, scenario, plan, start);
  for (const day of bond.days) bond.live(day);
  bond.end();
  return bond.result();
}

interface Receipt {
  on: Day;
  payers: Map<string, bigint>;
}

class ProjectedBond {
  /** The days on which something happens, in order. */
  readonly days: readonly Day[];
  private readonly flows: ProjectedFlow[] = [];
  private readonly receipts: Receipt[];
  private readonly expected: { on: Day; net: bigint }[];
  private readonly costs: ScenarioInputs['costs'];
  private readonly investors: ProjectedLender[];
  private held = 0n;
  private keptForPool = 0n;
  private feesPaid = 0n;
  private reached = 0n;
  private costsUnpaid = 0n;
  private mostOut = 0n;

  constructor(
    private readonly terms: BondTerms,
    private readonly currency: string,
    scenario: ScenarioInputs,
    private readonly plan: readonly ExpectedPeriod[] | null,
    start: ProjectionStart | null,
  ) {
    const periods = claimPeriods(terms);
    const paidOn = (period: number) => addDays(endOf(periods, period), terms.invoiceDueDays);
    const isToCome = (on: Day) => start === null || on > start.on;
    const open = scenario.lines.filter(
      ({ period }) => isToCome(paidOn(period)) && !start?.tally.periods.has(String(period)),
    );
    this.receipts = [
      ...expectedPayments(terms, currency, open, start?.tally).map(({ period, payers }) => ({
        on: paidOn(period),
        payers,
      })),
      ...(start?.owed ?? []).map(({ dueOn, payers }) => ({
        on: isToCome(dueOn) ? dueOn : addDays(start!.on, 1),
        payers,
      })),
    ];
    this.costs = scenario.costs.filter(({ on }) => isToCome(on));
    const days = [...this.receipts, ...this.costs].map(({ on }) => on);
    // Where nothing more is to come, what a bond under way holds is still paid out: when its term ends.
    if (start !== null && days.length === 0)
      days.push(isToCome(terms.endOn) ? terms.endOn : addDays(start.on, 1));
    this.days = [...new Set(days)].sort(compareDays);
    this.expected = (plan ?? []).map(({ period, net }) => ({ on: paidOn(period), net }));
    this.investors = lendersOf(terms, currency, start);
    if (start === null) return;
    ({ held: this.held, kept: this.keptForPool, feesPaid: this.feesPaid, reached: this.reached } = start);
    this.mostOut = sum(this.investors.map(outOf));
  }

  live(on: Day): void {
    const isReceipt = this.receive(on);
    this.payCosts(on);
    const later = sum(this.costs.filter((cost) => cost.on > on).map(({ amount }) => amount));
    const free = this.held - this.keptForPool - later;
    const isLast = on === this.days.at(-1);
    // Where nobody has lent anything yet, there is nobody to distribute to: what came stays in the bond.
    const isLent = this.investors.some((investor) => drawnOf(investor) > 0n);
    if ((isReceipt || isLast) && isLent && free > 0n) this.distribute(on, free);
  }

  /** On the last day: investors pay for a poor outcome, the guarantor for lost capital. */
  end(): void {
    const last = this.days.at(-1) ?? this.terms.endOn;
    const { twoSided, guarantee } = this.terms;
    const percent = percentReached(this.reached, sum(this.expected.map(({ net }) => net)));
    if (twoSided && percent !== null) {
      const floor = arrangeRateBands(twoSided.bands, { most: 1n });
      const owed = paidByInvestors(floor, percent, this.investors.map(drawnOf));
      owed.forEach((amount, index) => {
        const { partyId, twoSidedPaid } = this.investors[index]!;
        this.take(last, 'investor', partyId, amount > twoSidedPaid ? amount - twoSidedPaid : 0n);
      });
    }
    if (!guarantee) return;
    const atClose = this.investors.map((investor) => ({
      drawn: drawnOf(investor),
      returned: drawnOf(investor) - outOf(investor),
    }));
    const { paid, toInvestors } = guaranteePayment(guarantee.share, atClose);
    if (paid === 0n) return;
    this.take(last, 'guarantor', guarantee.guarantorId, paid);
    toInvestors.forEach((capital, index) => {
      const investor = this.investors[index]!;
      investor.distributions.push({ on: last, capital, income: 0n });
      this.give(last, 'investor', investor.partyId, capital);
    });
  }

  result(): Projection {
    const ofParty = (party: PartyKind, id?: string) =>
      this.flows.filter((flow) => flow.party === party && (id === undefined || flow.id === id));
    const total = (flows: readonly ProjectedFlow[]) => sum(flows.map(({ amount }) => amount));
    return {
      flows: this.flows,
      payers: this.terms.payers.map(({ organisationId: id }) => ({ id, pays: -total(ofParty('payer', id)) })),
      investors: this.investors.map((investor) => {
        const flows = [...investor.cash, ...ofParty('investor', investor.partyId)];
        const received = sum(flows.map(({ amount }) => (amount > 0n ? amount : 0n)));
        const paidIn = received - sum(flows.map(({ amount }) => amount));
        return {
          ...{ id: investor.partyId, drawn: drawnOf(investor), paidIn, received, lost: outOf(investor) },
          xirr: xirr(flows),
          multiples: multiplesOf({ paidIn, distributed: received, residual: 0n }),
        };
      }),
      provider: total(ofParty('provider')),
      ...{ costsUnpaid: this.costsUnpaid, surplus: this.held, mostOut: this.mostOut },
    };
  }

  private receive(on: Day): boolean {
    const receipts = this.receipts.filter((receipt) => receipt.on === on);
    for (const { payers } of receipts)
      for (const [id, amount] of payers) {
        this.take(on, 'payer', id, amount);
        this.reached += amount;
      }
    return receipts.length > 0;
  }

  private payCosts(on: Day): void {
    const due = sum(this.costs.filter((cost) => cost.on === on).map(({ amount }) => amount));
    const inHand = this.inHand();
    if (due > inHand) this.draw(on, due - inHand);
    const there = this.inHand();
    const paid = due < there ? due : there;
    this.give(on, 'provider', '', paid);
    this.costsUnpaid += due - paid;
  }

  /** What costs may be paid from: what is kept stays. */
  private inHand(): bigint {
    return this.held > this.keptForPool ? this.held - this.keptForPool : 0n;
  }

  /** From all investors by what each has still committed, and no more than that. */
  private draw(on: Day, wanted: bigint): void {
    const open = this.investors.map((investor) => atLeastZero(investor.commitment - drawnOf(investor)));
    const most = sum(open);
    const amount = wanted < most ? wanted : most;
    if (amount <= 0n) return;
    allocate(amount, open).forEach((part, index) => {
      if (part === 0n) return;
      const investor = this.investors[index]!;
      investor.drawdowns.push({ on, amount: part });
      this.take(on, 'investor', investor.partyId, part);
    });
    const out = sum(this.investors.map(outOf));
    if (out > this.mostOut) this.mostOut = out;
  }

  private distribute(on: Day, available: bigint): void {
    const expected = sum(this.expected.filter((one) => one.on <= on).map(({ net }) => net));
    const worked = workOut({
      ...{ source: 'proceeds', currency: this.currency, asOf: on, available },
      returns: this.terms.returns,
      investors: this.investors,
      feesPaid: this.feesPaid,
      outcomes: this.plan === null ? null : { reached: this.reached, expected },
    });
    for (const [index, { partyId, capital, income }] of worked.shares.entries()) {
      if (capital + income === 0n) continue;
      this.investors[index]!.distributions.push({ on, capital, income });
      this.give(on, 'investor', partyId, capital + income);
    }
    this.give(on, 'provider', '', worked.totals.provider);
    this.give(on, 'fee', '', worked.totals.fee);
    this.feesPaid += worked.totals.fee;
    this.keptForPool += worked.totals.pool;
  }

  private take(on: Day, party: PartyKind, id: string, amount: bigint): void {
    if (amount === 0n) return;
    this.held += amount;
    this.flows.push({ on, party, id, amount: -amount });
  }

  private give(on: Day, party: PartyKind, id: string, amount: bigint): void {
    if (amount === 0n) return;
    this.held -= amount;
    this.flows.push({ on, party, id, amount });
  }
}

const atLeastZero = (amount: bigint): bigint => (amount > 0n ? amount : 0n);

/** An investor, and what it has done by the start. */
type ProjectedLender = InvestorFlows & { commitment: bigint; cash: readonly Flow[]; twoSidedPaid: bigint };

/** Those whom the terms name, and then those who lent under earlier ones. */
function lendersOf(terms: BondTerms, currency: string, start: ProjectionStart | null): ProjectedLender[] {
  const commitments = new Map(
    terms.investors.map(({ organisationId, commitment }) => [
      organisationId,
      parseAmount(commitment, currency),
    ]),
  );
  const began = new Map(start?.investors.map((investor) => [investor.id, investor]));
  return [...new Set([...commitments.keys(), ...began.keys()])].map((id) => {
    const so = began.get(id);
    return {
      ...{ partyId: id, investor: id, commitment: commitments.get(id) ?? 0n },
      drawdowns: [...(so?.drawdowns ?? [])],
      distributions: [...(so?.distributions ?? [])],
      ...{ cash: so?.cash ?? [], twoSidedPaid: so?.twoSidedPaid ?? 0n },
    };
  });
}

const drawnOf = ({ drawdowns }: InvestorFlows): bigint => sum(drawdowns.map(({ amount }) => amount));

/** Capital that is out: drawn, and not come back as capital. */
const outOf = (investor: InvestorFlows): bigint =>
  drawnOf(investor) - sum(investor.distributions.map(({ capital }) => capital));

const endOf = (periods: readonly TermPeriod[], number: number): Day =>
  periods.find((period) => period.number === number)!.to;

/** What a party pays and gets in one quarter of a year. */
export interface QuarterFlow {
  /** "2027-Q3". */
  quarter: string;
  party: PartyKind;
  id: string;
  amount: bigint;
}

/** The flows by calendar quarter, in order. */
export function byQuarter(flows: readonly ProjectedFlow[]): QuarterFlow[] {
  const quarters = new Map<string, QuarterFlow>();
  for (const { on, party, id, amount } of flows) {
    const quarter = `${on.slice(0, 4)}-Q${Math.ceil(Number(on.slice(5, 7)) / 3)}`;
    const key = `${quarter} ${party} ${id}`;
    const sofar = quarters.get(key) ?? { quarter, party, id, amount: 0n };
    sofar.amount += amount;
    quarters.set(key, sofar);
  }
  return [...quarters.values()].sort((a, b) => (a.quarter < b.quarter ? -1 : a.quarter > b.quarter ? 1 : 0));
}
