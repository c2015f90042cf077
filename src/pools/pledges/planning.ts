import { minorDigits } from '../../maths/money.js';

/**
 * SQL: an amount of a pledge `p`, in minor units of its currency, as minor units of its pool's currency at the pledge's
 * planning rate. Rounded down: money that has not come is never reckoned for more than it may be.
 */
export const atPlanningRate = (amount: string): string => `floor((${amount}) * p.planning_factor)::bigint`;

/**
 * SQL: the same of one instalment `i` among those of its pledge. Each is what it adds to those before it, so that
 * together they are the whole pledge to the minor unit, whatever was rounded.
 */
export const instalmentAtPlanningRate = (amount: string): string => {
  const upTo = `sum(${amount}) OVER (PARTITION BY p.id ORDER BY i.due_on, i.number)`;
  return `(floor(${upTo} * p.planning_factor) - floor((${upTo} - (${amount})) * p.planning_factor))::bigint`;
};

/** SQL, with the rate as `$n`: the factor between minor units that a rate between major units comes to. */
export const planningFactor = (parameter: number, pledged: string, pool: string): string =>
  `($${parameter}::numeric * power(10::numeric, ${minorDigits(pool) - minorDigits(pledged)}))`;
