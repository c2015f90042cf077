import { addDays, type Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import type { ExampleWorld } from '../example-world.js';
import type { GrantTerms, Harbour } from './harbour.js';

export async function award(world: ExampleWorld, harbour: Harbour, first: Day): Promise<void> {
  const year = Number(first.slice(0, 4));
  const { stream, quayside, hill } = harbour.organisations;
  await awardGrant(world, harbour.poolId, 'Minute 1', {
    ...{
      organisationId: stream,
      reference: 'HT-01',
      title: `Core support ${year}–${year + 4}`,
      mode: 'flexible',
    },
    ...{ amount: '500000.00', firstOn: `${year}-03-31`, everyMonths: 3, equalInstalments: 20 },
    ...{
      startOn: `${year}-01-01`,
      endOn: `${year + 4}-12-31`,
      reportingFrequency: 'halfYearly',
      reportingDueAfterDays: 30,
    },
  });
  await awardGrant(world, harbour.poolId, 'Minute 2', {
    ...{ organisationId: quayside, reference: 'HT-02', title: 'Nursery places', mode: 'flexible' },
    ...{
      amount: '144000.00',
      firstOn: `${year}-02-15`,
      everyMonths: 3,
      equalInstalments: 12,
      upliftRate: '0.025',
    },
    ...{
      startOn: `${year}-01-01`,
      endOn: `${year + 2}-12-31`,
      reportingFrequency: 'yearly',
      reportingDueAfterDays: 45,
    },
    goalIds: [harbour.goals.school],
  });
  await awardGrant(world, harbour.poolId, 'Minute 3', {
    ...{ organisationId: hill, reference: familyVisitors, title: 'Family visitors', mode: 'earmarked' },
    ...{ amount: '90000.00', firstOn: `${year}-09-02`, everyMonths: 12 },
    slices: [{ percent: '40' }, { amount: '30000.00' }, { remaining: true }],
    ...{
      startOn: `${year}-09-01`,
      endOn: `${year + 3}-08-31`,
      reportingFrequency: 'quarterly',
      reportingDueAfterDays: 21,
    },
    goalIds: [harbour.goals.safe],
  });
}

async function awardGrant(
  world: ExampleWorld,
  poolId: string,
  decision: string | null,
  terms: GrantTerms,
  agreed?: (tx: Tx, grantId: string) => Promise<unknown>,
): Promise<void> {
  const { people } = world;
  const grant = await world.as(people.backbone, (tx) => world.grants.draft(tx, poolId, terms));
  if (agreed) await world.as(people.backbone, (tx) => agreed(tx, grant.id));
  await world.as(people.backbone, (tx) => world.grants.propose(tx, grant.id));
  if (decision !== null) await world.as(people.approver, (tx) => world.grants.award(tx, grant.id, decision));
}

/** The grant of which Hill Families report every quarter. */
export const familyVisitors = 'HT-03';

/** What a condition that holds an instalment asks for. */
const policy = 'the signed safeguarding policy';

/**
 * One large payment that the cash in hand does not reach; a grant of which two instalments are due, one waits for a paper,
 * and the last one for a report; and a proposal that waits for a decision.
 */
export async function awardLate(world: ExampleWorld, harbour: Harbour, day: Day, today: Day): Promise<void> {
  const { quayside, hill } = harbour.organisations;
  const year = Number(today.slice(0, 4));
  await awardGrant(world, harbour.poolId, 'Minute 9', {
    ...{ organisationId: quayside, reference: 'HT-04', title: 'New nursery building', mode: 'earmarked' },
    ...{ amount: '180000.00', firstOn: addDays(today, -8), everyMonths: 1, equalInstalments: 1 },
    ...{ startOn: day, endOn: `${year + 1}-12-31`, reportingFrequency: 'yearly', reportingDueAfterDays: 45 },
    goalIds: [harbour.goals.school],
  });
  await awardWithConditions(world, harbour, day, today);
  await awardByMilestone(world, harbour, day, today);
  await awardGrant(world, harbour.poolId, null, {
    ...{ organisationId: hill, reference: 'HT-05', title: 'Evening helpline', mode: 'flexible' },
    ...{ amount: '60000.00', firstOn: `${year + 1}-03-01`, templateId: harbour.templates.halfYearly },
    ...{
      startOn: `${year + 1}-01-01`,
      endOn: `${year + 2}-12-31`,
      reportingFrequency: 'halfYearly',
      reportingDueAfterDays: 30,
    },
  });
}

/** Seven per cent of overhead in it; paid in part on a day, and in part after something has happened. */
async function awardWithConditions(
  world: ExampleWorld,
  { poolId, organisations, goals }: Harbour,
  day: Day,
  today: Day,
): Promise<void> {
  const year = Number(today.slice(0, 4));
  const held = addDays(today, -10);
  const report = { event: 'reportAccepted', onDay: `${year}-12-31`, count: 30, unit: 'days' };
  await awardGrant(
    world,
    poolId,
    'Minute 10',
    {
      ...{ organisationId: organisations.hill, reference: 'HT-06', title: 'Holiday play schemes' },
      ...{
        mode: 'flexible',
        amount: '42800.00',
        overheadRate: '0.07',
        firstOn: addDays(today, -14),
        everyMonths: 12,
      },
      slices: [
        {
          percent: '25',
          after: { event: 'award', count: 10, unit: 'workingDays', expectedOn: addDays(day, 21) },
        },
        { percent: '10', on: addDays(today, -14) },
        { percent: '15', on: addDays(today, -12) },
        { percent: '30', on: held },
        { remaining: true, after: { ...report, expectedOn: `${year + 1}-04-30` } },
      ],
      ...{ startOn: day, endOn: `${year + 1}-12-31`, reportingFrequency: 'halfYearly' },
      ...{ reportingDueAfterDays: 30, goalIds: [goals.safe] },
    },
    (tx, grantId) =>
      world.conditions.add(tx, grantId, {
        ...{ kind: 'documentReceived', subject: policy, appliesFrom: held },
      }),
  );
}

/** A small grant that is reported on once its garden is open, whenever that is, and at its end. */
async function awardByMilestone(
  world: ExampleWorld,
  { poolId, organisations, goals }: Harbour,
  day: Day,
  today: Day,
): Promise<void> {
  const next = Number(today.slice(0, 4)) + 1;
  const certificate = { event: 'documentReceived', subject: 'the certificate of the playground inspector' };
  await awardGrant(world, poolId, 'Minute 11', {
    ...{ organisationId: organisations.quayside, reference: 'HT-07', title: 'A garden to play in' },
    ...{ mode: 'flexible', amount: '6000.00', firstOn: `${next}-03-15`, everyMonths: 6, equalInstalments: 2 },
    ...{ startOn: day, endOn: `${next}-12-31`, reportingFrequency: 'milestone', reportingDueAfterDays: 30 },
    ...{ reportingDays: [{ name: 'The garden is open', after: certificate }], goalIds: [goals.school] },
  });
}

/** How the coalition usually pays: grants are drafted by a copy. */
export async function saveSchedules(world: ExampleWorld, coalitionId: string): Promise<Harbour['templates']> {
  const save = (command: Parameters<ExampleWorld['scheduleTemplates']['save']>[2]) =>
    world.as(world.people.backbone, (tx) => world.scheduleTemplates.save(tx, coalitionId, command));
  const agreement = { event: 'documentReceived', subject: 'the signed agreement' };
  await save({ name: 'Quarterly for five years', everyMonths: 3, equalInstalments: 20 });
  await save({
    ...{ name: 'A start once the agreement is signed, then yearly', everyMonths: 12 },
    slices: [
      { percent: '20', after: { ...agreement, count: 10, unit: 'workingDays' } },
      { percent: '40' },
      { remaining: true },
    ],
  });
  const { id } = await save({ name: 'Half-yearly for two years', everyMonths: 6, equalInstalments: 4 });
  return { halfYearly: id };
}
