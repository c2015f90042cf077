import { addMonths, type Day } from '../maths/day.js';
import type { ExampleWorld } from './example-world.js';
import { curvesOfCoalition, indicator, measure, turn } from './goal-curves.js';

const work = 'Work within reach';

/** The goal of the younger coalition: an indicator that rises, and a first measure of a programme. */
export async function measureGreenValleys(
  world: ExampleWorld,
  coalitionId: string,
  today: Day,
): Promise<void> {
  const where = await curvesOfCoalition(world, coalitionId, today);
  const year = Number(today.slice(0, 4));
  const id = await indicator(
    world,
    where,
    work,
    {
      ...{
        name: 'Young people in work or training',
        unit: '% of 16 to 24 year olds',
        polarity: 'up',
        frequency: 'year',
      },
      ...{
        dueAfterDays: 120,
        baselineOn: `${year - 4}-12-31`,
        baseline: '71.4',
        source: 'Employment office',
      },
      targets: [{ on: `${year + 5}-12-31`, value: '82' }],
      disaggregation: [{ dimension: 'Age', categories: ['16 to 18', '19 to 24'] }],
    },
    [
      { values: ['71.4', '70.8', '72.6', '74.0'] },
      { values: ['80.1', '81.0'], category: '16 to 18' },
      { values: ['67.3', '69.2'], category: '19 to 24' },
    ],
  );
  await turn(world, id, {
    story: 'The saw mill closed; those who left school that year went furthest away for work.',
    whatWorks: 'Apprenticeships that two small firms share.',
    partners: [{ name: 'Chamber of crafts', contribution: 'Finds firms that share an apprentice' }],
    actions: [
      {
        ...{ title: 'A bus before the early shift', owner: world.people.backbone },
        ...{ startsOn: addMonths(today, -3), dueOn: addMonths(today, 9) },
      },
    ],
  });
  await indicator(
    world,
    where,
    work,
    {
      ...{
        name: 'Way to work of more than an hour',
        unit: '% of those in work',
        polarity: 'down',
        frequency: 'year',
      },
      ...{
        dueAfterDays: 120,
        source: 'Household survey',
        targets: [{ on: `${year + 3}-12-31`, value: '15' }],
      },
    },
    [{ values: ['22.5', '23.1', '21.9'] }],
  );
  await measure(
    world,
    where,
    work,
    {
      ...{ name: 'Apprenticeships begun', unit: 'apprentices', places: 0, measureKind: 'howMuch' },
      ...{ polarity: 'up', frequency: 'quarter', dueAfterDays: 30, programme: 'Shared apprenticeships' },
      source: 'Chamber of crafts',
    },
    [{ values: ['9', '14', '22'] }],
  );
}
