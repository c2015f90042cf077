import { Decimal } from 'decimal.js';

/** coefficient × x^exponent */
export interface Term {
  /** Not zero. */
  coefficient: bigint;
  exponent: number;
}

/**
 * All x above zero at which a sum of terms is zero, each once, in rising order. The terms come in rising order of
 * their exponents, which differ; exponents may be large and far apart.
 *
 * Complete by construction, not by searching. Descartes: there are at most as many roots as the coefficients change
 * their sign. Laguerre’s proof of it is the algorithm: divided by x^m, m between the exponents of one change, the sum
 * has the same roots, and its derivative one change less. So the derivative’s roots are found first, in the same way.
 * Between two neighbours of them the divided sum only rises or only falls: there is one root if its sign differs at
 * the two ends, and none if not. One change leaves a derivative without roots: one root, found at once.
 *
 * `digits` is the working precision. Roots are good to `digits` − 20 significant digits; two that are nearer than
 * about the square root of that to each other, where the sum does not rise above the noise, are one (a double root).
 */
export function positiveRoots(terms: readonly Term[], digits: number): Decimal[] {
  const change = lastSignChange(terms);
  if (change === undefined) return [];
  const turns = positiveRoots(dividedAndDerived(terms, change), digits);
  const sum = new Sum(terms, digits);

  const lowest = { x: sum.belowAllRoots(), sign: signOf(terms[0]!) };
  const highest = { x: sum.aboveAllRoots(), sign: signOf(terms.at(-1)!) };
  const stops = [lowest, ...turns.map((x) => ({ x, sign: sum.signAt(x) })), highest];
  return stops.flatMap((stop, index) => {
    if (stop.sign === 0) return [stop.x];
    const next = stops[index + 1];
    return next && stop.sign * next.sign < 0 ? [sum.rootBetween(stop.x, next.x, stop.sign)] : [];
  });
}

/** A simple root that `positiveRoots` found, with more digits: each of Newton’s steps doubles those that are right. */
export function refineRoot(terms: readonly Term[], root: Decimal, digits: number): Decimal {
  let x = root;
  for (let right = 20; right < digits; right *= 2) {
    x = new Sum(terms, Math.min(2 * right + 20, digits)).newtonStep(x);
  }
  return x;
}

/** How often the coefficients change their sign: no sum has more positive roots than that. */
export function signChanges(terms: readonly Term[]): number {
  return terms.filter((term, index) => index > 0 && signOf(term) !== signOf(terms[index - 1]!)).length;
}

function lastSignChange(terms: readonly Term[]): number | undefined {
  const index = terms.findLastIndex((term, at) => at > 0 && signOf(term) !== signOf(terms[at - 1]!));
  return index > 0 ? index : undefined;
}

/** The derivative of the sum ÷ x^m, m halfway at the change; doubled, and times a power of x, which moves no root. */
function dividedAndDerived(terms: readonly Term[], change: number): Term[] {
  const twiceM = terms[change - 1]!.exponent + terms[change]!.exponent;
  return terms.map(({ coefficient, exponent }) => ({
    coefficient: coefficient * BigInt(2 * exponent - twiceM),
    exponent,
  }));
}

function signOf({ coefficient }: Term): number {
  return coefficient < 0n ? -1 : 1;
}

// Each step at least halves the logarithm of the bracket: far more than any number of digits asks for.
const mostSteps = 20_000;

/** A sum of terms that can be evaluated. */
class Sum {
  private readonly Number: typeof Decimal;
  private readonly coefficients: Decimal[];
  private readonly gaps: number[];
  /** Below this part of its terms a sum is noise, and its sign means nothing. */
  private readonly noise: Decimal;
  private readonly nearEnough: Decimal;

  constructor(
    private readonly terms: readonly Term[],
    digits: number,
  ) {
    this.Number = Decimal.clone({ precision: digits });
    this.coefficients = terms.map(({ coefficient }) => new this.Number(coefficient.toString()));
    this.gaps = terms.slice(1).map(({ exponent }, index) => exponent - terms[index]!.exponent);
    this.noise = new this.Number(10).pow(12 - digits);
    this.nearEnough = new this.Number(10).pow(20 - digits);
  }

  signAt(x: Decimal): number {
    const { value, isNoise } = this.at(x);
    return isNoise ? 0 : value.s;
  }

  /** Cauchy’s bound: nearer to zero than this, the first term outweighs all others. */
  belowAllRoots(): Decimal {
    const first = this.coefficients[0]!.abs();
    return first.div(first.plus(this.largest()).times(2));
  }

  /** Cauchy’s bound: beyond this, the last term outweighs all others. */
  aboveAllRoots(): Decimal {
    return this.largest().div(this.coefficients.at(-1)!.abs()).plus(2);
  }

  /**
   * The one root between two places where the signs differ: Newton’s steps as long as each is less than half of the
   * one before and stays inside, else the middle of the logarithms. The bracket closes in either way.
   */
  rootBetween(from: Decimal, to: Decimal, signAtFrom: number): Decimal {
    let [low, high] = [from, to];
    const guess = new this.Number(roughRoot(this.terms, low, high, signAtFrom));
    let x = guess.gt(low) && guess.lt(high) ? guess : low.times(high).sqrt();
    let lastStep = new this.Number(Infinity);
    for (let count = 0; count < mostSteps; count++) {
      const { value, slope, isNoise } = this.at(x);
      if (isNoise) return x;
      if (value.s === signAtFrom) low = x;
      else high = x;
      const step = slope.isZero() ? new this.Number(Infinity) : value.div(slope).neg();
      const next = x.plus(x.times(step));
      const inside = next.gt(low) && next.lt(high);
      if (inside && step.abs().lt(this.nearEnough)) return next;
      if (high.minus(low).lt(low.times(this.nearEnough))) return x;
      x = inside && step.abs().times(2).lt(lastStep) ? next : low.times(high).sqrt();
      lastStep = step.abs();
    }
    throw new Error('A bracket did not close in.');
  }

  newtonStep(x: Decimal): Decimal {
    const { value, slope } = this.at(x);
    return slope.isZero() ? x : value.div(slope).neg().plus(1).times(x);
  }

  /** By Horner’s rule over the gaps between exponents: the value, x × its derivative, and whether it is noise. */
  private at(place: Decimal): { value: Decimal; slope: Decimal; isNoise: boolean } {
    // A Decimal reckons with the precision it was made with, not with that of this sum.
    const x = new this.Number(place);
    const powers = new Map<number, Decimal>();
    let value = this.coefficients.at(-1)!;
    let size = value.abs();
    let slope = new this.Number(0);
    for (let index = this.gaps.length - 1; index >= 0; index--) {
      const gap = this.gaps[index]!;
      const power = powers.get(gap) ?? x.pow(gap);
      powers.set(gap, power);
      const raised = value.times(power);
      slope = slope.times(power).plus(raised.times(gap));
      value = raised.plus(this.coefficients[index]!);
      size = size.times(power).plus(this.coefficients[index]!.abs());
    }
    return { value, slope, isNoise: value.abs().lte(size.times(this.noise)) };
  }

  private largest(): Decimal {
    return this.Number.max(...this.coefficients.map((coefficient) => coefficient.abs()));
  }
}

/**
 * About where the sum changes its sign, by halving logarithms in floating point. It only says where to look: if it
 * errs, more of the exact steps are taken, and nothing else.
 */
function roughRoot(terms: readonly Term[], from: Decimal, to: Decimal, signAtFrom: number): number {
  const logarithms = terms.map(({ coefficient }) => logarithm(new Decimal(coefficient.toString()).abs()));
  const signs = terms.map(signOf);
  const signAt = (u: number) => {
    const powers = terms.map(({ exponent }, index) => logarithms[index]! + exponent * u);
    const most = powers.reduce((most, power) => Math.max(most, power), -Infinity);
    return Math.sign(signs.reduce((total, sign, index) => total + sign * Math.exp(powers[index]! - most), 0));
  };
  let [low, high] = [logarithm(from), logarithm(to)];
  for (let step = 0; step < 64; step++) {
    const middle = (low + high) / 2;
    if (signAt(middle) === signAtFrom) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/** The natural logarithm of a number above zero, of whatever size, in floating point. */
function logarithm(value: Decimal): number {
  const [digits, exponent] = value.toExponential(16).split('e');
  return Math.log(Number(digits)) + Number(exponent) * Math.LN10;
}
