import { addMonths, type Day } from '../maths/day.js';
import type { ExampleWorld } from './example-world.js';
import { type CurvesOf, curvesOfCoalition, indicator, measure, turn } from './goal-curves.js';

const school = 'Ready for school';
const safe = 'Safe at home';
const wards = { dimension: 'Area', categories: ['North ward', 'Old harbour', 'South ward'] };

/** Some years of readings for the goals of the harbour towns: what gets better, what does not, and what is not read yet. */
export async function measureHarbourTowns(
  world: ExampleWorld,
  coalitionId: string,
  today: Day,
): Promise<void> {
  const where = await curvesOfCoalition(world, coalitionId, today);
  await readyForSchool(world, where);
  await speech(world, where);
  await safeAtHome(world, where);
  await familyWork(world, where);
  await nurseries(world, where);
}

async function readyForSchool(world: ExampleWorld, where: CurvesOf): Promise<void> {
  const { today } = where;
  const { backbone, partner, finance } = world.people;
  const year = Number(today.slice(0, 4));
  const id = await indicator(
    world,
    where,
    school,
    {
      ...{
        name: 'Children ready for school at five',
        unit: '% of children',
        polarity: 'up',
        frequency: 'year',
      },
      definition: 'Children who reach a good level of development at the end of their reception year.',
      ...{ dueAfterDays: 60, baselineOn: `${year - 6}-12-31`, baseline: '61.2', disaggregation: [wards] },
      ...{
        source: 'Early years profile, published by the council',
        method: 'All schools of the harbour wards',
      },
      targets: [
        { on: `${year}-12-31`, value: '72' },
        { on: `${year + 3}-12-31`, value: '80' },
      ],
      responsibleId: backbone.personId,
    },
    [
      { values: ['61.2', '60.4', '62.9', '64.1', '66.8', '68.3'] },
      { values: ['66.0', '67.4', '70.2', '72.1'], category: 'North ward' },
      { values: ['55.3', '55.9', '58.8', '60.0'], category: 'Old harbour' },
      { values: ['67.2', '68.5', '71.0', '72.4'], category: 'South ward' },
    ],
  );
  await world.as(backbone, (tx) =>
    world.series.setTrajectory(tx, { kind: 'indicator', id }, 1, {
      targets: [
        { on: `${year}-12-31`, value: '72' },
        { on: `${year + 3}-12-31`, value: '80' },
      ],
      forecast: [
        { on: `${year}-12-31`, value: '69.5' },
        { on: `${year + 3}-12-31`, value: '73' },
      ],
      reason: 'Forecast of the steering group, if nothing more is done',
    }),
  );
  await turn(world, id, {
    story:
      'More children come to nursery at two since places are free, and it shows three years later.\n' +
      'In the old harbour families move often: a child who changes home twice rarely keeps its place.',
    whatWorks:
      'Nursery places that move with the child.\nStory hours at the library: cheap, full, and those who come stay.',
    partners: [
      { name: 'Public library', contribution: 'Story hours in every ward' },
      { name: 'Quayside Nurseries', contribution: 'Places from the age of two' },
    ],
    actions: [
      {
        title: 'Story hours in all three wards',
        owner: partner,
        startsOn: addMonths(today, -26),
        dueOn: addMonths(today, -14),
        endedOn: addMonths(today, -15),
      },
      {
        title: 'Keep the place when a family moves',
        owner: backbone,
        startsOn: addMonths(today, -4),
        dueOn: addMonths(today, 8),
      },
      {
        title: 'Open a nursery in the old harbour',
        owner: finance,
        startsOn: addMonths(today, 4),
        dueOn: addMonths(today, 22),
      },
    ],
  });
}

async function speech(world: ExampleWorld, where: CurvesOf): Promise<void> {
  const year = Number(where.today.slice(0, 4));
  const id = await indicator(
    world,
    where,
    school,
    {
      ...{
        name: 'Speech as expected at three',
        unit: '% of children',
        polarity: 'up',
        frequency: 'halfYear',
      },
      ...{ dueAfterDays: 30, baselineOn: `${year - 3}-06-30`, baseline: '78' },
      ...{ source: 'Health visitors’ record', targets: [{ on: `${year + 2}-12-31`, value: '86' }] },
      responsibleId: world.people.backbone.personId,
    },
    [{ values: ['78', '77.1', '75.8', '74.9', '73.6'] }],
  );
  await turn(world, id, {
    story: 'Speech therapists left and were not replaced; a child waits nine months for a first visit.',
    whatWorks: 'Training nursery staff to work on speech every day, while the queue is long.',
    partners: [{ name: 'Community health service', contribution: 'Two therapists, once hired' }],
    actions: [
      {
        ...{ title: 'Train two people in every nursery', owner: world.people.partner },
        ...{ startsOn: addMonths(where.today, -2), dueOn: addMonths(where.today, 10) },
      },
    ],
  });
}

async function safeAtHome(world: ExampleWorld, where: CurvesOf): Promise<void> {
  const year = Number(where.today.slice(0, 4));
  const waiting = await indicator(
    world,
    where,
    safe,
    {
      ...{
        name: 'Days a family waits for help',
        unit: 'days, median',
        polarity: 'down',
        frequency: 'quarter',
      },
      ...{ dueAfterDays: 21, baselineOn: `${year - 3}-03-31`, baseline: '31', places: 0 },
      ...{ source: 'Council case system', targets: [{ on: `${year + 1}-12-31`, value: '7' }] },
      responsibleId: world.people.secondPartner.personId,
    },
    [{ values: ['31', '29', '30', '26', '24', '21', '19', '18', '15', '14', '12', null] }],
  );
  await turn(world, waiting, {
    story: 'One door for all requests since last year: nobody is sent on any more.',
    whatWorks: 'A first visit within two days, even where help itself takes longer.',
    partners: [{ name: 'Hill Families', contribution: 'Visits at home' }],
    actions: [
      {
        ...{ title: 'An evening helpline', owner: world.people.secondPartner },
        ...{ startsOn: addMonths(where.today, -9), dueOn: addMonths(where.today, 3) },
      },
    ],
  });
  await indicator(
    world,
    where,
    safe,
    {
      ...{
        name: 'Children on a protection plan',
        unit: 'per 10,000 children',
        polarity: 'down',
        frequency: 'year',
      },
      ...{
        dueAfterDays: 90,
        baselineOn: `${year - 5}-12-31`,
        baseline: '58.4',
        source: 'Council statistics',
      },
      targets: [{ on: `${year + 4}-12-31`, value: '40' }],
    },
    [{ values: ['58.4', '57.9', '59.2', '55.0', '51.6'] }],
  );
}

/** Of the family visitors: how much, how well, and whether anyone is better off; the last quarter lacks a reading. */
async function familyWork(world: ExampleWorld, where: CurvesOf): Promise<void> {
  const { secondPartner } = world.people;
  const own = {
    ...{
      polarity: 'up' as const,
      frequency: 'quarter' as const,
      dueAfterDays: 21,
      programme: 'Family visitors',
    },
    ...{ source: 'Hill Families’ own record', responsibleId: secondPartner.personId },
  };
  const visited = await measure(
    world,
    where,
    safe,
    { ...own, name: 'Families visited', unit: 'families', places: 0, measureKind: 'howMuch' },
    [{ values: ['41', '48', '55', '61', '63', '70', '72', '78'] }],
  );
  const soon = await measure(
    world,
    where,
    safe,
    { ...own, name: 'Families visited within two days', unit: 'families', places: 0, measureKind: 'howWell' },
    [{ values: ['20', '26', '33', '43', '47', '56', '60', null] }],
  );
  await measure(
    world,
    where,
    safe,
    {
      ...{ ...own, name: 'Visited within two days', unit: '% of families visited', measureKind: 'howWell' },
      formula: 'percentage',
      inputs: [
        { id: soon, part: 'numerator' },
        { id: visited, part: 'denominator' },
      ],
      targets: [{ on: `${where.today.slice(0, 4)}-01-01`, value: '80' }],
    },
    [],
  );
  await measure(
    world,
    where,
    safe,
    {
      ...{
        ...own,
        name: 'Parents who say they cope better',
        unit: '% of those asked',
        measureKind: 'betterOff',
      },
      method: 'Asked after three months, by somebody else than who visited',
    },
    [{ values: ['52', '55', '54', '60', '63', '62', '66', '68'] }],
  );
  // Read by Hill Families in their spend report, and nowhere before.
  await measure(
    world,
    where,
    safe,
    {
      ...{ ...own, name: 'Parents who joined a group', unit: 'parents', places: 0, measureKind: 'betterOff' },
      ...{ disaggregation: [wards], targets: [{ on: `${where.today.slice(0, 4)}-12-31`, value: '80' }] },
    },
    [],
  );
}

async function nurseries(world: ExampleWorld, where: CurvesOf): Promise<void> {
  const own = {
    ...{
      polarity: 'up' as const,
      frequency: 'quarter' as const,
      dueAfterDays: 21,
      programme: 'Nursery places',
    },
    source: 'Quayside Nurseries',
  };
  await measure(
    world,
    where,
    school,
    { ...own, name: 'Places filled', unit: 'places', places: 0, measureKind: 'howMuch' },
    [{ values: ['64', '70', '71', '80', '84', '88'] }],
  );
  await measure(
    world,
    where,
    school,
    {
      ...{ ...own, name: 'Children who come on most days', unit: '% of children', measureKind: 'howWell' },
      ...{ baselineOn: `${Number(where.today.slice(0, 4)) - 2}-12-31`, baseline: '80' },
      targets: [{ on: `${where.today.slice(0, 4)}-12-31`, value: '90' }],
    },
    [{ values: ['81', '82.5', '80', '84', '86.5', '87'] }],
  );
}
