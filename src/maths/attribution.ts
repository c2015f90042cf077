import { allocate } from './allocate.js';
import { compareDays, type Day } from './day.js';
import { MathsError } from './maths-error.js';
import { sum } from './money.js';

/**
 * Whose money pays: `pro_rata` by each funder's remaining unearmarked balance; `fifo` the oldest contribution first;
 * `earmark_first` what is earmarked to the purpose, then unearmarked money, each pro rata.
 */
export const attributionRules = ['pro_rata', 'fifo', 'earmark_first'] as const;
export type AttributionRule = (typeof attributionRules)[number];

/** Money that can be drawn on: a contribution, or a funder's balance under one earmark. */
export interface Source {
  /** What the caller knows it by: an account id, a place in a list. */
  key: string;
  funder: string;
  /** What it may be spent on, and on nothing else; `null` for anything. */
  earmark: string | null;
  /** When it came; read by `fifo` only. */
  on: Day;
  /** Minor units, not negative. */
  remaining: bigint;
}

/** What a disbursement is for: the names of its goal and of its grant, as far as it has them. */
export type Purpose = readonly string[];

/** What one source pays, in minor units; above zero. */
export interface Drawing {
  key: string;
  amount: bigint;
}

/** There is not enough money free for the purpose. Amounts in minor units. */
export class ShortOfMoney extends MathsError {
  constructor(
    readonly needed: bigint,
    readonly free: bigint,
  ) {
    super('shortOfMoney', 'There is not enough money that is free for this.');
    this.name = 'ShortOfMoney';
  }

  get shortfall(): bigint {
    return this.needed - this.free;
  }
}

/**
 * Shares an amount over sources by a pool's rule. The parts sum to the amount exactly (largest remainder, ties in the
 * order of the sources), no source gives more than it has, and money earmarked to something else is never used.
 * Drawings come in the order of the sources; who pays nothing is left out. Throws `ShortOfMoney`.
 *
 * `pro_rata` draws on unearmarked money only. `fifo` draws on all that is free for the purpose, by date, and on one
 * day in the order of the sources.
 */
export function attribute(
  rule: AttributionRule,
  sources: Source[],
  amount: bigint,
  purpose: Purpose,
): Drawing[] {
  if (amount < 0n) throw new MathsError('negativeAmount', 'The amount cannot be negative.', '/amount');
  const usable = sources.filter(
    ({ earmark }) => earmark === null || (rule !== 'pro_rata' && purpose.includes(earmark)),
  );
  const free = available(usable);
  if (free < amount) throw new ShortOfMoney(amount, free);
  const drawn = drawByRule(rule, usable, amount);
  return sources.flatMap(({ key }) => {
    const part = drawn.get(key) ?? 0n;
    return part > 0n ? [{ key, amount: part }] : [];
  });
}

type Drawn = Map<string, bigint>;

function drawByRule(rule: AttributionRule, usable: Source[], amount: bigint): Drawn {
  switch (rule) {
    case 'pro_rata':
      return proRata(usable, amount);
    case 'fifo':
      return oldestFirst(usable, amount);
    case 'earmark_first': {
      const matching = usable.filter(({ earmark }) => earmark !== null);
      const unearmarked = usable.filter(({ earmark }) => earmark === null);
      const earmarked = available(matching);
      const fromMatching = amount < earmarked ? amount : earmarked;
      return new Map([...proRata(matching, fromMatching), ...proRata(unearmarked, amount - fromMatching)]);
    }
  }
}

function available(sources: Source[]): bigint {
  return sum(sources.map(({ remaining }) => remaining));
}

/** By the balances of each funder under each earmark; a funder's own sources give in their order. */
function proRata(sources: Source[], amount: bigint): Drawn {
  if (amount === 0n) return new Map();
  const balances = new Map<string, Source[]>();
  for (const source of sources) {
    const holder = JSON.stringify([source.funder, source.earmark]);
    const held = balances.get(holder);
    if (held) held.push(source);
    else balances.set(holder, [source]);
  }
  const groups = [...balances.values()];
  const parts = allocate(amount, groups.map(available));
  return new Map(groups.flatMap((group, index) => [...inOrder(group, parts[index] ?? 0n)]));
}

function oldestFirst(sources: Source[], amount: bigint): Drawn {
  // The sort is stable: sources of one day stay as they are.
  return inOrder(
    sources.toSorted((a, b) => compareDays(a.on, b.on)),
    amount,
  );
}

/** Each gives all it has until the amount is reached. */
function inOrder(sources: Source[], amount: bigint): Drawn {
  const drawn: Drawn = new Map();
  let open = amount;
  for (const { key, remaining } of sources) {
    if (open === 0n) break;
    const part = remaining < open ? remaining : open;
    drawn.set(key, part);
    open -= part;
  }
  return drawn;
}
