import { addDays, type Day } from '../../maths/day.js';
import { formatAmount } from '../../maths/money.js';
import { cellKey } from '../../reporting/readings/report-readings.rules.js';
import type { SaveSpendReport } from '../../reporting/spend-report.dto.js';
import { readSpendReport, type SpendReport } from '../../reporting/spend-reports.read.js';
import type { ExampleWorld } from '../example-world.js';
import { familyVisitors } from './awards.js';
import type { Harbour } from './harbour.js';

export async function subscribe(world: ExampleWorld, harbour: Harbour): Promise<void> {
  const { finance, funder } = world.people;
  await world.as(finance, (tx) =>
    world.subscriptions.subscribe(
      tx,
      { kind: 'pool', poolId: harbour.poolId },
      {
        kind: 'poolPosition',
        formats: ['csv'],
        recurrence: { every: 'month', on: 'businessDay', day: 3, time: '08:00', timeZone: 'Europe/London' },
        recipientIds: [finance.personId, funder.personId],
      },
    ),
  );
}

const stories = [
  'More families came than we had planned for, and two volunteers became staff.',
  'The new rooms opened in spring; the waiting list is half as long as a year ago.',
  'We kept the doors open through the holidays, when families need it most.',
];

/**
 * Partners report each period that is over, and the backbone accepts. The newest of the family visitors that ends by the
 * last day is left for `leaveReportsToDo`.
 */
export async function report(world: ExampleWorld, lastDay: Day): Promise<void> {
  const { backbone, partner, secondPartner, thirdPartner } = world.people;
  for (const author of [partner, secondPartner, thirdPartner]) {
    const open = await world.as(author, (tx) =>
      tx.rows<{ id: string }>(
        `SELECT r.id FROM spend_reports r JOIN memberships m ON m.organisation_id = r.organisation_id AND m.person_id = $1
         JOIN grants g ON g.id = r.grant_id
         WHERE r.state = 'draft' AND r.period_to < $2 AND (g.reference <> $3 OR EXISTS (SELECT 1 FROM spend_reports later
           WHERE later.requirement_id = r.requirement_id AND later.number = r.number + 1 AND later.period_to < $4))
         ORDER BY r.period_from`,
        [author.personId, world.clock.now().toISOString().slice(0, 10), familyVisitors, lastDay],
      ),
    );
    for (const [index, { id }] of open.entries()) {
      await world.as(author, async (tx) => {
        const draft = await readSpendReport(tx, id);
        const story = stories[(draft.number + index) % stories.length];
        await world.reports.save(tx, id, draft.version, { lines: linesOf(draft, 70n), story });
        await world.reports.submit(tx, id);
      });
      await world.as(backbone, (tx) => world.reports.accept(tx, id));
    }
  }
}

/** So many per cent of what can be spent, the same on each goal. */
function linesOf(draft: SpendReport, percent: bigint): SaveSpendReport['lines'] {
  const spendable = ((draft.opening ?? 0n) + draft.received) / 100n;
  const part = (spendable * percent) / BigInt(draft.goals.length);
  return draft.goals.map((goal) => ({ goalId: goal.id, amount: formatAmount(part, draft.currency) }));
}

/**
 * Today: a report with readings and a list of receipts has come back with comments at its fields, one that was accepted
 * is corrected, and a milestone was reached.
 */
export async function leaveReportsToDo(world: ExampleWorld, harbour: Harbour, today: Day): Promise<void> {
  const returned = await oneReport(world, `g.reference = '${familyVisitors}' AND r.state = 'draft'`);
  await handInWithReadings(world, returned);
  await returnWithComments(world, returned);
  await correct(world, await oneReport(world, `g.reference = 'HT-02' AND r.state = 'accepted'`));
  await reachMilestone(world, harbour, today);
}

async function oneReport(world: ExampleWorld, which: string): Promise<string> {
  const [report] = await world.as(world.people.backbone, (tx) =>
    tx.rows<{ id: string }>(
      `SELECT r.id FROM spend_reports r JOIN grants g ON g.id = r.grant_id WHERE ${which} ORDER BY r.number LIMIT 1`,
    ),
  );
  return report!.id;
}

/** Hill Families report what they read too: what is not known yet of it, with the parts of one. */
async function handInWithReadings(world: ExampleWorld, id: string): Promise<void> {
  const { secondPartner } = world.people;
  await world.as(secondPartner, async (tx) => {
    const draft = await readSpendReport(tx, id);
    const readings = draft.readings
      .filter(({ series }) => series.formula === null)
      .map(({ series, values }) => ({
        seriesId: series.id,
        values: values
          .filter(({ standing }) => standing === null)
          .map((place) => ({ ...place, value: valueAt(cellKey(place)) }))
          .map(({ period, dimension, category, value }) => ({ period, dimension, category, value })),
      }));
    const story = 'Twelve visitors, each with ten families; the newest began in the old harbour.';
    await world.reports.save(tx, id, draft.version, { lines: linesOf(draft, 65n), readings, story });
    await world.reportAttachments.add(tx, id, { name: 'receipts of the quarter.csv', content: receipts });
    await world.reports.submit(tx, id);
  });
}

/** Some tens, and fewer of a part. */
const valueAt = (key: string): string => (key.includes('ward') || key.includes('harbour') ? '21' : '64');

const receipts = Buffer.from(
  'what,paid on,amount\nTravel of visitors,first month,"1,204.50"\nTraining in listening,second month,640.00\n' +
    'Rooms for family meetings,third month,385.20\n',
);

async function returnWithComments(world: ExampleWorld, id: string): Promise<void> {
  await world.as(world.people.backbone, async (tx) => {
    const { readings } = await readSpendReport(tx, id);
    const read = readings.find(
      ({ series, values }) => series.formula === null && values.some(({ value }) => value),
    );
    const fields = [
      ...(read ? [{ pointer: `/readings/${read.series.id}`, comment: 'Is each family counted once?' }] : []),
      { pointer: '/story', comment: 'What did the families say of it?' },
    ];
    await world.reports.returnWith(tx, id, { comment: 'Nearly there: two questions at the fields.', fields });
  });
}

/** What was accepted was wrong by a little: the corrected report takes its place, and both stay to be read. */
async function correct(world: ExampleWorld, id: string): Promise<void> {
  const { thirdPartner, backbone } = world.people;
  const correctionId = await world.as(thirdPartner, async (tx) => {
    const begun = await world.corrections.begin(tx, id, 'An invoice of the spring was booked twice.');
    const lines = begun.lines.map(({ goalId, amount, note }, index) => ({
      ...{ goalId, note },
      amount: formatAmount(index === 0 && amount > 12_000n ? amount - 12_000n : amount, begun.currency),
    }));
    await world.reports.save(tx, begun.id, begun.version, { lines });
    await world.reports.submit(tx, begun.id);
    return begun.id;
  });
  await world.as(backbone, (tx) => world.reports.accept(tx, correctionId));
}

/** The certificate of the garden has come some weeks ago: the report on the time up to it is asked for. */
async function reachMilestone(world: ExampleWorld, { coalitionId }: Harbour, today: Day): Promise<void> {
  await world.as(world.people.finance, async (tx) => {
    const [condition] = await tx.rows<{ id: string }>(
      `SELECT c.id FROM conditions c JOIN grants g ON g.id = c.grant_id
       WHERE g.coalition_id = $1 AND g.reference = 'HT-07' AND c.state = 'open'`,
      [coalitionId],
    );
    await world.conditions.meet(tx, condition!.id, {
      ...{ metOn: addDays(today, -20), note: 'The certificate is filed with the grant.' },
    });
  });
}
