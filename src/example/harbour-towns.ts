import { addDays, addMonths, type Day } from '../maths/day.js';
import { formatAmount } from '../maths/money.js';
import type { Access } from '../platform/http/request.js';
import { readSpendReport } from '../reporting/spend-reports.read.js';
import type { ExampleWorld } from './example-world.js';
import { putToTheVote } from './harbour-decisions.js';
import { measureHarbourTowns } from './harbour-curves.js';

/** An instalment of a pledge, and the day on which it arrives; null is still awaited. */
interface Promised {
  funder: 'north' | 'council' | 'lanyard';
  dueOn: Day;
  amount: string;
  arrivesOn: Day | null;
}

/** The harbour's organisations, goals and pool, by what the story calls them. */
interface Harbour {
  coalitionId: string;
  poolId: string;
  organisations: Record<'north' | 'council' | 'lanyard' | 'stream' | 'hill' | 'quayside', string>;
  goals: Record<'school' | 'safe', string>;
}

/**
 * Nearly three years in the life of a coalition, lived through the same services and jobs as everybody's: three
 * funders pledge for five years, grants are awarded and paid by two people, partners report, a report goes out each
 * month. It ends today with something for everybody to do.
 */
export async function liveHarbourTowns(world: ExampleWorld, today: Day): Promise<string> {
  const first = `${Number(today.slice(0, 4)) - 2}-01-08`;
  await world.moveTo(first);
  const harbour = await found(world);
  const promised = await pledge(world, harbour, first);
  await award(world, harbour, first);
  await subscribe(world, harbour);
  let references = 0;
  let awardedLate = false;
  for (let day = addDays(first, 3); day < today; day = addDays(day, 7)) {
    await world.moveTo(day);
    references = await receive(world, harbour, promised, day, references);
    if (!awardedLate && day >= addDays(today, -60)) {
      awardedLate = true;
      await awardLate(world, harbour, day, today);
    }
    if (day < addDays(today, -21)) references = await payWhatIsDue(world, day, references);
    if (day < addDays(today, -40)) await report(world);
  }
  await leaveWorkToDo(world, today);
  await measureHarbourTowns(world, harbour.coalitionId, addDays(today, -1));
  await putToTheVote(world, harbour.coalitionId, today);
  return harbour.coalitionId;
}

async function found(world: ExampleWorld): Promise<Harbour> {
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
  return { coalitionId: coalition.id, poolId: pool.id, organisations, goals };
}

/** Five years from each funder; the family foundation is late with its third year. */
async function pledge(world: ExampleWorld, harbour: Harbour, first: Day): Promise<Promised[]> {
  const start = `${first.slice(0, 4)}-01-15`;
  const yearly = (funder: Promised['funder'], amount: string, every: number, count: number, delay: number) =>
    Array.from({ length: count }, (_, index): Promised => {
      const dueOn = addMonths(start, index * every);
      return { funder, dueOn, amount, arrivesOn: addDays(dueOn, delay) };
    });
  const promised = [
    ...yearly('north', '120000.00', 12, 5, 2),
    ...yearly('council', '40000.00', 6, 10, 6),
    ...yearly('lanyard', '30000.00', 12, 5, 11).map((one, index) =>
      index === 2 ? { ...one, arrivesOn: null } : one,
    ),
  ];
  const { people } = world;
  for (const [funder, reference] of [
    ['north', 'NRT-1'],
    ['council', 'HC-CYP-7'],
    ['lanyard', 'LFF-2'],
  ] as const) {
    const instalments = promised.filter((one) => one.funder === funder);
    const amount = instalments.reduce((total, one) => total + BigInt(one.amount.replace('.', '')), 0n);
    await world.as(people.finance, (tx) =>
      world.pledges.sign(
        tx,
        harbour.poolId,
        {
          funderId: harbour.organisations[funder],
          reference,
          amount: formatAmount(amount, 'GBP'),
          signedOn: first,
          instalments: instalments.map(({ dueOn, amount: part }) => ({ dueOn, amount: part })),
        },
        financeAccess(harbour.coalitionId),
      ),
    );
  }
  return promised;
}

const financeAccess = (coalitionId: string): Access => ({
  coalitionId,
  roles: ['finance'],
  organisationIds: [],
});

async function award(world: ExampleWorld, harbour: Harbour, first: Day): Promise<void> {
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
    ...{ organisationId: hill, reference: 'HT-03', title: 'Family visitors', mode: 'earmarked' },
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

type GrantTerms = Parameters<ExampleWorld['grants']['draft']>[2];

async function awardGrant(
  world: ExampleWorld,
  poolId: string,
  decision: string | null,
  terms: GrantTerms,
): Promise<string> {
  const { people } = world;
  const grant = await world.as(people.backbone, (tx) => world.grants.draft(tx, poolId, terms));
  await world.as(people.backbone, (tx) => world.grants.propose(tx, grant.id));
  if (decision !== null) await world.as(people.approver, (tx) => world.grants.award(tx, grant.id, decision));
  return grant.id;
}

/** One large payment that the cash in hand does not reach, and a proposal that waits for a decision. */
async function awardLate(world: ExampleWorld, harbour: Harbour, day: Day, today: Day): Promise<void> {
  const { quayside, hill } = harbour.organisations;
  const year = Number(today.slice(0, 4));
  await awardGrant(world, harbour.poolId, 'Minute 9', {
    ...{ organisationId: quayside, reference: 'HT-04', title: 'New nursery building', mode: 'earmarked' },
    ...{ amount: '180000.00', firstOn: addDays(today, -8), everyMonths: 1, equalInstalments: 1 },
    ...{ startOn: day, endOn: `${year + 1}-12-31`, reportingFrequency: 'yearly', reportingDueAfterDays: 45 },
    goalIds: [harbour.goals.school],
  });
  await awardGrant(world, harbour.poolId, null, {
    ...{ organisationId: hill, reference: 'HT-05', title: 'Evening helpline', mode: 'flexible' },
    ...{ amount: '60000.00', firstOn: `${year + 1}-03-01`, everyMonths: 6, equalInstalments: 4 },
    ...{
      startOn: `${year + 1}-01-01`,
      endOn: `${year + 2}-12-31`,
      reportingFrequency: 'halfYearly',
      reportingDueAfterDays: 30,
    },
  });
}

async function subscribe(world: ExampleWorld, harbour: Harbour): Promise<void> {
  const { finance, funder } = world.people;
  await world.as(finance, (tx) =>
    world.subscriptions.subscribe(tx, harbour.poolId, {
      kind: 'poolPosition',
      formats: ['csv'],
      recurrence: { every: 'month', on: 'businessDay', day: 3, time: '08:00', timeZone: 'Europe/London' },
      recipientIds: [finance.personId, funder.personId],
    }),
  );
}

async function receive(
  world: ExampleWorld,
  harbour: Harbour,
  promised: Promised[],
  day: Day,
  references: number,
): Promise<number> {
  let next = references;
  for (const one of promised) {
    if (one.arrivesOn === null || one.arrivesOn > day) continue;
    const receivedOn = one.arrivesOn;
    one.arrivesOn = null;
    next += 1;
    const bankReference = `FPS ${700_000 + next * 37}`;
    await world.as(world.people.finance, (tx) =>
      world.contributions.receive(tx, harbour.poolId, {
        funderId: harbour.organisations[one.funder],
        ...{ amount: one.amount, receivedOn, bankReference },
        // The council's money is for school readiness.
        earmarkGoalId: one.funder === 'council' && next % 4 === 0 ? harbour.goals.school : undefined,
      }),
    );
  }
  await world.moveTo(day);
  return next;
}

/** Finance asks, one or two approvers sign, finance settles: every instalment that is due. */
async function payWhatIsDue(world: ExampleWorld, day: Day, references: number): Promise<number> {
  const { finance } = world.people;
  const due = await world.as(finance, (tx) =>
    tx.rows<{ id: string }>(`SELECT id FROM instalments WHERE state = 'due' ORDER BY due_on, id`),
  );
  let next = references;
  for (const { id } of due) {
    next += 1;
    const bankReference = `BACS ${810_000 + next * 41}`;
    const disbursementId = await releaseAndApprove(world, id);
    await world.as(finance, (tx) =>
      world.disbursements.settle(tx, disbursementId, { bankReference, paidOn: day }),
    );
  }
  return next;
}

async function releaseAndApprove(world: ExampleWorld, instalmentId: string, most = 2): Promise<string> {
  const { finance, approver, secondApprover } = world.people;
  const disbursement = await world.as(finance, (tx) => world.disbursements.release(tx, instalmentId));
  for (const person of [approver, secondApprover].slice(0, most)) {
    await world.as(person, async (tx) => {
      const approval = await tx.row<{ hash: string; state: string }>(
        `SELECT content_hash AS hash, state FROM approvals WHERE id = $1`,
        [disbursement.approvalId],
      );
      if (approval?.state === 'open')
        await world.approvals.approve(tx, disbursement.approvalId, approval.hash);
    });
  }
  return disbursement.id;
}

const stories = [
  'More families came than we had planned for, and two volunteers became staff.',
  'The new rooms opened in spring; the waiting list is half as long as a year ago.',
  'We kept the doors open through the holidays, when families need it most.',
];

/** Partners report each period that is over, and the backbone accepts. */
async function report(world: ExampleWorld): Promise<void> {
  const { backbone, partner, secondPartner } = world.people;
  for (const author of [partner, secondPartner]) {
    const open = await world.as(author, (tx) =>
      tx.rows<{ id: string }>(
        `SELECT r.id FROM spend_reports r JOIN memberships m ON m.organisation_id = r.organisation_id AND m.person_id = $1
         WHERE r.state = 'draft' AND r.period_to < $2 ORDER BY r.period_from`,
        [author.personId, world.clock.now().toISOString().slice(0, 10)],
      ),
    );
    for (const [index, { id }] of open.entries()) {
      await world.as(author, async (tx) => {
        const draft = await readSpendReport(tx, id);
        const spendable = ((draft.opening ?? 0n) + draft.received) / 100n;
        const part = (spendable * 70n) / BigInt(draft.goals.length);
        const lines = draft.goals.map((goal) => ({ goalId: goal.id, amount: formatAmount(part, 'GBP') }));
        const story = stories[(draft.number + index) % stories.length];
        await world.reports.save(tx, id, draft.version, { lines, story });
        await world.reports.submit(tx, id);
      });
      await world.as(backbone, (tx) => world.reports.accept(tx, id));
    }
  }
}

/** Today: one release waits for approvers, another to be asked for; one report is returned. */
async function leaveWorkToDo(world: ExampleWorld, today: Day): Promise<void> {
  await world.moveTo(addDays(today, -1));
  const due = await world.as(world.people.finance, (tx) =>
    tx.rows<{ id: string }>(`SELECT id FROM instalments WHERE state = 'due' ORDER BY due_on, id LIMIT 1`),
  );
  for (const { id } of due) await releaseAndApprove(world, id, 0);
}
