import { formatAmount, parseAmount, percentOf } from '../../maths/money.js';
import type { ExampleWorld } from '../example-world.js';
import type { Zone } from './contract.js';
import { advances, plans } from './figures.js';

/**
 * What may happen, as it was supposed when the contract was signed: the first plan, a tenth less, and a tenth more. The
 * programme was to cost nine tenths of the advances that it came to need.
 */
export async function supposeScenarios(world: ExampleWorld, { bondId }: Zone): Promise<void> {
  const lines = (percent: number) =>
    Object.entries(plans[0]!.byPeriod).flatMap(([period, reached]) =>
      Object.entries(reached).map(([metric, count]) => ({
        ...{ period: Number(period), metric },
        quantity: String(Math.floor((count * percent) / 100)),
      })),
    );
  const costs = advances.map(({ on, amount }) => ({
    on,
    amount: formatAmount(percentOf(parseAmount(amount, 'GBP'), '90'), 'GBP'),
  }));
  await world.as(world.people.backbone, (tx) =>
    world.scenarios.keep(tx, bondId, [
      { name: 'Low', lines: lines(90), costs },
      { name: 'Base', isPlan: true, lines: lines(100), costs },
      { name: 'High', lines: lines(110), costs },
    ]),
  );
}
