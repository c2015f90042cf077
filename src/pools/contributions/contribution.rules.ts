import type { Day } from '../../maths/day.js';
import { DomainError, type FieldError } from '../../platform/errors/domain-error.js';
import { type Earmark, earmarkIdOf } from '../earmarks.js';
import type { CurrencyAmount } from '../foreign-amount.js';
import type { SettledPledge } from '../pool.entries.js';

/** An instalment of a pledge that is not wholly received. Minor units of the pledge's currency. */
export interface OpenInstalment extends Earmark {
  id: string;
  pledgeId: string;
  currency: string;
  dueOn: Day;
  number: number;
  /** What is still to come: more than nothing. */
  open: bigint;
}

/** The part of a contribution that settles an instalment, in the currency of its pledge. */
export interface Application {
  instalmentId: string;
  pledgeId: string;
  currency: string;
  amount: bigint;
}

/** What a contribution settles promises with: what arrived, or what the funder paid in a currency of its own. */
export type Tender = CurrencyAmount;

/** What a contribution is applied to, in which currency, and what the money is restricted to. */
export interface Meant {
  tender: Tender;
  open: OpenInstalment[];
  earmark: Earmark;
}

/**
 * Which promises a contribution is for. It settles in one currency: that in which the funder paid, where it owes
 * something in it, or else the pool's. Money that is said to be restricted settles promises of that restriction or of
 * none; where nothing is said, the oldest promise says it, and the money settles promises of the same kind only.
 * Tenders come in the order they are tried; the last one is the pool's currency.
 */
export function meantInstalments(
  tenders: readonly Tender[],
  open: readonly OpenInstalment[],
  said: Earmark | undefined,
): Meant {
  const owed = (tender: Tender) => open.filter(({ currency }) => currency === tender.currency);
  const tender = tenders.find((each) => owed(each).length > 0) ?? tenders.at(-1)!;
  const candidates = owed(tender).sort(oldestFirst);
  if (said) {
    const id = earmarkIdOf(said);
    const fits = (own: string | null) => own === null || own === id;
    return { tender, earmark: said, open: candidates.filter((each) => fits(earmarkIdOf(each))) };
  }
  const [oldest] = candidates;
  const id = oldest ? earmarkIdOf(oldest) : null;
  const { earmarkGoalId = null, earmarkGrantId = null } = oldest ?? {};
  return {
    tender,
    earmark: { earmarkGoalId, earmarkGrantId },
    open: candidates.filter((each) => earmarkIdOf(each) === id),
  };
}

/**
 * Applies a contribution to open instalments, oldest due first; equal dates by pledge and number. No instalment is
 * settled beyond what is open, and what is left over is an overpayment: it stays unapplied, and in the pool.
 */
export function applyToInstalments(amount: bigint, open: readonly OpenInstalment[]): Application[] {
  const applications: Application[] = [];
  let left = amount;
  for (const instalment of [...open].sort(oldestFirst)) {
    if (left === 0n) break;
    const part = left < instalment.open ? left : instalment.open;
    if (part > 0n) applications.push(application(instalment, part));
    left -= part;
  }
  return applications;
}

/** A part of a contribution that a person gives to an instalment. */
export interface ChosenPart {
  instalmentId: string;
  amount: bigint;
}

/**
 * Applies a contribution as a person chose; a part of nothing is left out.
 * @throws ruleBroken naming each wrong part: an instalment that it cannot settle, or twice, or beyond what is open; and
 *   `/settles` when all together are more than the contribution
 */
export function applyAsChosen(
  amount: bigint,
  open: readonly OpenInstalment[],
  chosen: readonly ChosenPart[],
  show: (minor: bigint) => string,
): Application[] {
  const fields: FieldError[] = [];
  const applications = chosen.map((part, index): Application | undefined => {
    const wrong = (field: string, code: string, message: string) => {
      fields.push({ pointer: `/settles/${index}/${field}`, code, message });
      return undefined;
    };
    if (part.amount === 0n) return undefined;
    const instalment = open.find(({ id }) => id === part.instalmentId);
    if (!instalment) {
      return wrong(
        'instalmentId',
        'notOpen',
        'Choose an instalment that is open, and of the same currency and restriction.',
      );
    }
    if (chosen.findIndex(({ instalmentId }) => instalmentId === part.instalmentId) < index)
      return wrong('instalmentId', 'twice', 'This instalment is named twice.');
    if (part.amount > instalment.open)
      return wrong('amount', 'beyondOpen', `Only ${show(instalment.open)} of this instalment is open.`);
    return application(instalment, part.amount);
  });
  const total = chosen.reduce((sum, part) => sum + part.amount, 0n);
  if (fields.length === 0 && total > amount) {
    const message = `The parts come to ${show(total)}, and the contribution to ${show(amount)}.`;
    fields.push({ pointer: '/settles', code: 'beyondContribution', message });
  }
  const [first] = fields;
  if (first) throw new DomainError('ruleBroken', first.message, fields);
  return applications.filter((each) => each !== undefined);
}

const application = ({ id, pledgeId, currency }: OpenInstalment, amount: bigint): Application => ({
  instalmentId: id,
  pledgeId,
  currency,
  amount,
});

function oldestFirst(a: OpenInstalment, b: OpenInstalment): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  if (a.pledgeId !== b.pledgeId) return a.pledgeId < b.pledgeId ? -1 : 1;
  return a.number - b.number;
}

type PartOfPledge = Pick<Application, 'pledgeId' | 'currency' | 'amount'>;

/**
 * What a contribution settles of each pledge, from the parts that settle its instalments; or, where it settled other
 * parts before, how that changes. A pledge for which nothing changes is left out.
 */
export function settledByPledge(
  now: readonly PartOfPledge[],
  before: readonly PartOfPledge[] = [],
): SettledPledge[] {
  const byPledge = new Map<string, SettledPledge & { currency: string }>();
  const add = (sign: bigint, { pledgeId, currency, amount }: PartOfPledge) => {
    const sum = (byPledge.get(pledgeId)?.amount ?? 0n) + sign * amount;
    byPledge.set(pledgeId, { pledgeId, currency, amount: sum });
  };
  for (const part of now) add(1n, part);
  for (const part of before) add(-1n, part);
  return [...byPledge.values()].filter(({ amount }) => amount !== 0n);
}
