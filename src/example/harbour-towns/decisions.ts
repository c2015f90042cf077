import { addDays, type Day } from '../../maths/day.js';
import type { PersonActor } from '../../platform/database/actor.js';
import type { DraftDecision } from '../../decisions/decision.dto.js';
import type { ExampleWorld } from '../example-world.js';

/** What every motion of the harbour begins from. */
const plain = (today: Day): DraftDecision => ({
  ...{ title: '', motion: '', method: 'motion', rule: 'majority', weighting: 'perPerson', quorumPercent: 50 },
  ...{ closesOn: addDays(today, 10), subjectKind: 'general' },
});

/**
 * What the harbour's people decide: one motion passed against somebody's dissent, one is open over the grant that
 * waits, one is a draft. Interests stand in the register.
 */
export async function putToTheVote(world: ExampleWorld, coalitionId: string, today: Day): Promise<void> {
  await declareInterests(world, coalitionId);
  await passOne(world, coalitionId, today);
  await openOne(world, coalitionId, today);
  await draftOne(world, coalitionId, today);
}

const organisationCalled = async (
  world: ExampleWorld,
  coalitionId: string,
  name: string,
): Promise<string> => {
  const found = await world.as(world.people.backbone, (tx) =>
    tx.row<{ id: string }>(`SELECT id FROM organisations WHERE coalition_id = $1 AND name = $2`, [
      coalitionId,
      name,
    ]),
  );
  return found!.id;
};

async function declareInterests(world: ExampleWorld, coalitionId: string): Promise<void> {
  const { partner, approver } = world.people;
  const quayside = await organisationCalled(world, coalitionId, 'Quayside Nurseries');
  const hill = await organisationCalled(world, coalitionId, 'Hill Families');
  const declare = (person: PersonActor, organisationId: string, nature: string) =>
    world.as(person, (tx) => world.interests.declare(tx, coalitionId, { organisationId, nature }, false));
  await declare(partner, quayside, 'My sister is a trustee of it, unpaid.');
  await declare(approver, hill, 'I gave it a private loan in 2024.');
}

async function open(world: ExampleWorld, coalitionId: string, motion: DraftDecision): Promise<string> {
  const { backbone } = world.people;
  const { id } = await world.as(backbone, (tx) => world.decisions.draft(tx, coalitionId, motion));
  await world.as(backbone, (tx) => world.opening.open(tx, id));
  return id;
}

async function passOne(world: ExampleWorld, coalitionId: string, today: Day): Promise<void> {
  const { backbone, funder, partner, secondPartner, thirdPartner } = world.people;
  const id = await open(world, coalitionId, {
    ...plain(today),
    title: 'Publish every spend report to all members',
    motion:
      'That spend reports, once accepted, are open to every member of the coalition, so that we learn from one another.\n\n' +
      'Names of families stay out of them. The rule holds for reports of this year and later.',
  });
  const vote = (person: PersonActor, choice: number, dissent?: string) =>
    world.as(person, (tx) => world.voting.vote(tx, id, { choice, dissent }));
  await vote(funder, 1);
  await vote(partner, 1);
  await vote(thirdPartner, 1);
  const words =
    'We report to families first. Three of them asked us not to share their stories, even without names, and a vote ' +
    'does not change what we promised. We shall leave those stories out, and say so in the report.';
  await vote(secondPartner, 2, words);
  const minutes =
    'Talked over on two evenings. Quentin Hale asked for a way to keep single stories out; it is left open.';
  await world.as(backbone, (tx) => world.voting.minute(tx, id, minutes));
  await world.as(backbone, (tx) => world.voting.close(tx, id));
}

/** Over the grant that waits for its award: who sits for its partner is found, and does not vote. */
async function openOne(world: ExampleWorld, coalitionId: string, today: Day): Promise<void> {
  const { backbone, partner } = world.people;
  const grant = await world.as(backbone, (tx) =>
    tx.row<{ id: string; title: string; reference: string }>(
      `SELECT id, title, reference FROM grants WHERE coalition_id = $1 AND state = 'proposed' ORDER BY reference LIMIT 1`,
      [coalitionId],
    ),
  );
  if (!grant) return;
  const id = await open(world, coalitionId, {
    ...plain(today),
    title: `Award ${grant.reference}, ${grant.title}`,
    motion: `That the coalition awards ${grant.reference}, “${grant.title}”, as it is proposed.`,
    ...{ subjectKind: 'grantAward', subjectId: grant.id },
  });
  await world.as(partner, (tx) => world.voting.vote(tx, id, { choice: 1 }));
}

async function draftOne(world: ExampleWorld, coalitionId: string, today: Day): Promise<void> {
  const { backbone } = world.people;
  const pool = await world.as(backbone, (tx) =>
    tx.row<{ id: string }>(`SELECT id FROM pools WHERE coalition_id = $1 ORDER BY created_at LIMIT 1`, [
      coalitionId,
    ]),
  );
  await world.as(backbone, (tx) =>
    world.decisions.draft(tx, coalitionId, {
      ...plain(today),
      title: 'Where the reserve goes after 2030',
      motion: 'That what is left of the reserve when the pool ends goes to one of these.',
      ...{ method: 'choice', rule: 'plurality', weighting: 'byContribution', weightPoolId: pool!.id },
      options: ['Back to the funders, pro rata', 'Into a successor fund', 'Shared by the partners'],
      closesOn: addDays(today, 40),
    }),
  );
}
