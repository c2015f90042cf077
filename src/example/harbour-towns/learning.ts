import { addDays, type Day } from '../../maths/day.js';
import type { PersonActor } from '../../platform/database/actor.js';
import type { Access, Role } from '../../platform/http/request.js';
import type { WriteLearningEntry } from '../../learning/entries/learning-entry.dto.js';
import type { ExampleWorld } from '../example-world.js';

/** What there is to link to, by its name. */
type Called = (name: string) => { kind: string; id: string }[];

/**
 * What the harbour learnt, linked to what it learnt it from, one entry put better since; and what it shares with other
 * towns: asked for by the backbone, published by an approver.
 */
export async function writeWhatWasLearnt(
  world: ExampleWorld,
  coalitionId: string,
  today: Day,
): Promise<void> {
  const called = await thingsByName(world, coalitionId);
  const { backbone, partner, secondPartner } = world.people;
  const write = async (person: PersonActor, role: Role, entry: WriteLearningEntry) => {
    const access = accessOf(coalitionId, role);
    return world.as(person, (tx) => world.learning.write(tx, access, entry));
  };
  const door = await write(partner, 'partner', openDoor(called, today));
  await write(secondPartner, 'partner', firstWeek(called, today));
  await write(backbone, 'backbone', letters(called, today));
  const ask = await write(backbone, 'backbone', oneQuestion(called, today));
  await write(partner, 'partner', reading(called, today));
  await world.as(backbone, (tx) =>
    world.learning.change(tx, accessOf(coalitionId, 'backbone'), ask.id, 1, {
      nextStep:
        'The question stands at the head of every agenda until the summer. Then we ask whether it helped.',
    }),
  );
  const entries = [door.id, ask.id];
  await share(world, coalitionId, { called, entries });
}

/** The example writes for the whole coalition, and so may link what it likes. */
const accessOf = (coalitionId: string, role: Role): Access => ({
  coalitionId,
  roles: role === 'partner' ? ['partner', 'observer'] : [role],
  organisationIds: [],
});

async function thingsByName(world: ExampleWorld, coalitionId: string): Promise<Called> {
  const rows = await world.as(world.people.backbone, (tx) =>
    tx.rows<{ kind: string; id: string; name: string }>(
      `SELECT 'goal' AS kind, id, name FROM goals WHERE coalition_id = $1
       UNION ALL SELECT 'indicator', id, name FROM indicators WHERE coalition_id = $1
       UNION ALL SELECT 'measure', id, name FROM performance_measures WHERE coalition_id = $1
       UNION ALL SELECT 'decision', id, title FROM decisions WHERE coalition_id = $1
       UNION ALL SELECT 'grant', g.id, o.name FROM grants g JOIN organisations o ON o.id = g.organisation_id
         WHERE g.coalition_id = $1
       UNION ALL SELECT 'spendReport', r.id, 'report of ' || o.name FROM spend_reports r
         JOIN organisations o ON o.id = r.organisation_id WHERE r.coalition_id = $1 AND r.state = 'accepted'`,
      [coalitionId],
    ),
  );
  return (name) =>
    rows
      .filter((row) => row.name === name)
      .slice(0, 1)
      .map(({ kind, id }) => ({ kind, id }));
}

const openDoor = (called: Called, today: Day): WriteLearningEntry => ({
  title: 'Parents come when the door is already open',
  action:
    'We moved the Tuesday play group from the clinic to the school hall, and opened it an hour before it begins.',
  observation:
    'Twice as many families came as before, and half of them had never been to anything of ours. Grandparents stayed longest.',
  reflection:
    'A place where nobody has to register is a place where one can look first. The clinic asked for a name at the door.',
  nextStep: 'Two more groups open early from the new term on. We count who comes again, not who comes.',
  happenedOn: addDays(today, -96),
  tags: ['outreach', 'play groups'],
  links: [
    ...called('Ready for school'),
    ...called('Children ready for school at five'),
    ...called('Stream Youth Work'),
  ],
});

const firstWeek = (called: Called, today: Day): WriteLearningEntry => ({
  title: 'Help within a week is asked for again',
  action: 'Every family that rang was visited within seven days, whatever the list said.',
  observation:
    'Of forty families, thirty-one rang a second time about something smaller. On the list they had rung once, and late.',
  reflection: 'The wait itself had been the message. A short visit soon does more than a long one later.',
  nextStep: 'We keep two visits a week free for whoever rings.',
  happenedOn: addDays(today, -61),
  tags: ['family visits', 'waiting'],
  links: [
    ...called('Safe at home'),
    ...called('Days a family waits for help'),
    ...called('report of Hill Families'),
  ],
});

const letters = (called: Called, today: Day): WriteLearningEntry => ({
  title: 'Letters are not read; a neighbour is',
  action:
    'We invited two hundred families to the summer groups by letter, and thirty more through neighbours who had been.',
  observation: 'Nine of the two hundred came, and nineteen of the thirty.',
  reflection: 'An invitation is worth what the person is worth who makes it.',
  happenedOn: addDays(today, -40),
  tags: ['outreach'],
  links: [...called('Ready for school')],
});

const oneQuestion = (called: Called, today: Day): WriteLearningEntry => ({
  title: 'One question kept us from talking about money only',
  action: 'We opened each meeting with the curve of one indicator and asked what is behind it.',
  observation:
    'The first twenty minutes were about children. Budgets came up later, shorter, and with a reason.',
  reflection: 'What stands on the first page of the papers is what a meeting is about.',
  happenedOn: addDays(today, -24),
  tags: ['meetings'],
  links: [...called('Publish every spend report to all members'), ...called('Speech as expected at three')],
});

const reading = (called: Called, today: Day): WriteLearningEntry => ({
  title: 'Story hours at the café reach fathers',
  action: 'The library held its story hour at the café on the quay, on Saturdays at nine.',
  observation: 'More fathers than mothers came. Five of them now read a story themselves.',
  nextStep: 'We ask the café for a shelf.',
  happenedOn: addDays(today, -9),
  tags: ['outreach', 'reading'],
  links: [...called('Ready for school'), ...called('Speech as expected at three')],
});

const howWeMeet = `Four funders, three partners and the neighbours of both meet every six weeks, for two hours, in a school.

## What we keep to

- **The curve first.** Each meeting opens with one indicator, and with what is behind it.
- **Nobody reports on line items.** Partners say what was spent on each goal, once, for everybody.
- **Whoever has an interest steps aside**, and says so before the vote.

## What we would do sooner

Ask families before writing anything down. We began with a plan of forty pages; three of them are still true.`;

/** A page, a goal with its curves, two entries and a decision; nobody is named. */
async function share(
  world: ExampleWorld,
  coalitionId: string,
  { called, entries }: { called: Called; entries: string[] },
): Promise<void> {
  const { backbone, approver } = world.people;
  const items = [
    { kind: 'page' as const, title: 'How we work together', body: howWeMeet },
    ...called('Ready for school').map(({ id }) => ({ kind: 'goal' as const, id })),
    ...entries.map((id) => ({ kind: 'learningEntry' as const, id })),
    ...called('Publish every spend report to all members').map(({ id }) => ({
      kind: 'decision' as const,
      id,
    })),
  ];
  await world.as(backbone, (tx) =>
    world.toolkits.prepare(tx, coalitionId, 0, {
      ...{ slug: 'harbour-towns', title: 'How a harbour raises its children', namesPeople: false, items },
      introduction:
        'What three towns at one harbour do together for early years, how it goes, and what they would do sooner. Take what is of use.',
    }),
  );
  const { asked } = await world.as(backbone, (tx) => world.toolkits.ask(tx, coalitionId));
  await world.as(approver, (tx) =>
    world.toolkits.publish(tx, coalitionId, { contentHash: asked!.contentHash }),
  );
}
