import { addDays, type Day } from '../../maths/day.js';
import type { PersonActor } from '../../platform/database/actor.js';
import type { ExampleWorld } from '../example-world.js';

/**
 * Where the harbour's people work, one of them elsewhere than before; and what two partners do, with how they say that
 * it leads to the goals. One activity leads to none.
 */
export async function sayWhoDoesWhat(world: ExampleWorld, coalitionId: string, today: Day): Promise<void> {
  const { people } = world;
  const called = await idsByName(world, coalitionId);
  const works = (person: PersonActor, organisation: string, position: string, sinceOn: Day) =>
    world.as(people.backbone, (tx) =>
      world.affiliations.change(
        tx,
        coalitionId,
        { personId: person.personId, organisationId: called(organisation), position, sinceOn },
        true,
      ),
    );
  const start = `${Number(today.slice(0, 4)) - 2}-01-08`;
  await works(people.funder, 'North River Trust', 'Grants lead', start);
  await works(people.partner, 'Quayside Nurseries', 'Nursery manager', start);
  await works(people.partner, 'Stream Youth Work', 'Director', addDays(today, -300));
  await works(people.secondPartner, 'Hill Families', 'Family visitor', start);
  await describeStream(world, called, start);
  await describeHill(world, called, start);
}

type Called = (name: string) => string;

async function idsByName(world: ExampleWorld, coalitionId: string): Promise<Called> {
  const rows = await world.as(world.people.backbone, (tx) =>
    tx.rows<{ id: string; name: string }>(
      `SELECT id, name FROM organisations WHERE coalition_id = $1 UNION ALL SELECT id, name FROM goals WHERE coalition_id = $1`,
      [coalitionId],
    ),
  );
  return (name) => rows.find((row) => row.name === name)!.id;
}

async function describeStream(world: ExampleWorld, called: Called, sinceOn: Day): Promise<void> {
  const stream = called('Stream Youth Work');
  await world.as(world.people.partner, async (tx) => {
    const statement =
      'Children who are listened to at three can listen at five. So we begin with play, where families already are, and ' +
      'stay with them until school has begun.';
    await world.theories.state(tx, stream, 0, { statement });
    await world.activities.add(tx, stream, {
      name: 'Play groups on three estates',
      description: 'Twice a week, open to whoever comes.',
      outcome: 'Children play and talk with others before they start school.',
      sinceOn,
      goalIds: [called('Ready for school')],
    });
    await world.activities.add(tx, stream, {
      name: 'Summer sailing',
      outcome: 'Young people find a place of their own in the harbour.',
      sinceOn,
    });
  });
}

async function describeHill(world: ExampleWorld, called: Called, sinceOn: Day): Promise<void> {
  const hill = called('Hill Families');
  await world.as(world.people.secondPartner, async (tx) => {
    await world.theories.state(tx, hill, 0, {
      statement:
        'Help that comes within a week is help that is asked for again. We go to the family, not they to us.',
    });
    await world.activities.add(tx, hill, {
      name: 'Family visitors',
      description: 'Twelve visitors, each with ten families.',
      outcome: 'Families ask early, and are not left to wait.',
      sinceOn,
      goalIds: [called('Safe at home'), called('Ready for school')],
    });
  });
}
