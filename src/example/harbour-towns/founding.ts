import type { Day } from '../../maths/day.js';
import type { ExampleWorld } from '../example-world.js';
import { saveSchedules } from './awards.js';
import type { Harbour } from './harbour.js';

/** The coalition with its people, organisations and goals, and one pool. */
export async function found(world: ExampleWorld): Promise<Harbour> {
  const { people } = world;
  const coalition = await world.coalitions.found(world.db, people.backbone, {
    name: 'Harbour Towns Early Years',
    commonAgenda: 'Every child in the harbour towns is safe at home and ready for school.',
    kind: 'coordinating',
    timeZone: 'Europe/London',
    businessDay: 'modifiedFollowing',
    holidays: 'GB-ENG',
  });
  const add = async (name: string, sector: 'third' | 'public' = 'third') =>
    (await world.as(people.backbone, (tx) => world.organisations.add(tx, coalition.id, { name, sector }))).id;
  const organisations = {
    north: await add('North River Trust'),
    council: await add('Harbour Council', 'public'),
    lanyard: await add('Lanyard Family Foundation'),
    noordzee: await add('Noordzee Kinderfonds'),
    stream: await add('Stream Youth Work'),
    hill: await add('Hill Families'),
    quayside: await add('Quayside Nurseries'),
  };
  const together = await add('Harbour Together');
  const tideway = await add('Tideway Community Foundation');
  await world.as(people.backbone, (tx) =>
    world.backboneTerms.name(tx, coalition.id, { organisationId: together }),
  );
  await world.seat(coalition.id, people.funder, 'funder', organisations.north);
  await world.seat(coalition.id, people.finance, 'finance');
  await world.seat(coalition.id, people.approver, 'approver');
  await world.seat(coalition.id, people.secondApprover, 'approver');
  await world.seat(coalition.id, people.partner, 'partner', organisations.stream);
  await world.seat(coalition.id, people.secondPartner, 'partner', organisations.hill);
  await world.seat(coalition.id, people.thirdPartner, 'partner', organisations.quayside);
  const year = Number(coalition.createdAt.slice(0, 4));
  const goal = async (name: string, description: string, horizonOn: Day) =>
    (
      await world.as(people.backbone, (tx) =>
        world.goals.add(tx, coalition.id, { name, description, horizonOn }),
      )
    ).id;
  const goals = {
    school: await goal(
      'Ready for school',
      'Four in five children start school able to play, talk and listen.',
      `${year + 7}-12-31`,
    ),
    safe: await goal(
      'Safe at home',
      'No family waits longer than a week for help it has asked for.',
      `${year + 5}-12-31`,
    ),
  };
  const pool = await world.as(people.backbone, (tx) =>
    world.pools.open(tx, coalition.id, {
      name: 'Harbour Fund',
      currency: 'GBP',
      attributionRule: 'earmark_first',
      refundPolicy: 'pro_rata',
      reserve: '25000.00',
      feeBasisPoints: 100,
      feeHostId: tideway,
      approvalTiers: [{ above: '15000.00', approvers: 2 }],
    }),
  );
  const templates = await saveSchedules(world, coalition.id);
  return { coalitionId: coalition.id, poolId: pool.id, organisations, goals, templates };
}
