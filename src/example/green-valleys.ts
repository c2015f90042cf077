import { addDays, addMonths, type Day } from '../maths/day.js';
import type { ExampleWorld } from './example-world.js';
import { measureGreenValleys } from './valley-curves.js';

/** A second, younger coalition in another currency, so that a portfolio has something to put side by side. */
export async function liveGreenValleys(world: ExampleWorld, today: Day): Promise<void> {
  const { people } = world;
  const start = addMonths(today, -5);
  world.clock.moveTo(new Date(`${start}T09:00:00Z`));
  const coalition = await world.coalitions.found(world.db, people.backbone, {
    name: 'Green Valleys',
    commonAgenda: 'Valley towns that young people want to stay in.',
    kind: 'transforming',
    timeZone: 'Europe/Berlin',
    businessDay: 'following',
    holidays: 'DE',
  });
  const funder = await world.as(people.backbone, (tx) =>
    world.organisations.add(tx, coalition.id, { name: 'North River Trust', sector: 'third' }),
  );
  await world.seat(coalition.id, people.funder, 'funder', funder.id);
  await world.seat(coalition.id, people.finance, 'finance');
  await world.as(people.backbone, (tx) =>
    world.goals.add(tx, coalition.id, {
      name: 'Work within reach',
      description: 'Every young person finds training or work within an hour of home.',
      horizonOn: addMonths(today, 84),
    }),
  );
  const pool = await world.as(people.backbone, (tx) =>
    world.pools.open(tx, coalition.id, {
      ...{ name: 'Valley Fund', currency: 'EUR', attributionRule: 'pro_rata', refundPolicy: 'none' },
      approvalTiers: [{ above: '20000.00', approvers: 2 }],
    }),
  );
  const instalments = [0, 12, 24].map((months) => ({
    dueOn: addMonths(start, months + 1),
    amount: '85000.00',
  }));
  await world.as(people.finance, (tx) =>
    world.pledges.sign(
      tx,
      pool.id,
      { funderId: funder.id, reference: 'NRT-GV', amount: '255000.00', signedOn: start, instalments },
      { coalitionId: coalition.id, roles: ['finance'], organisationIds: [] },
    ),
  );
  const receivedOn = addMonths(start, 1);
  await world.moveTo(receivedOn);
  await world.as(people.finance, (tx) =>
    world.contributions.receive(tx, pool.id, {
      ...{ funderId: funder.id, amount: '85000.00', receivedOn, bankReference: 'SEPA 2203318' },
    }),
  );
  await world.moveTo(addDays(today, -1));
  await measureGreenValleys(world, coalition.id, addDays(today, -1));
}
