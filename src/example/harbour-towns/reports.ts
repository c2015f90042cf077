import { formatAmount } from '../../maths/money.js';
import { readSpendReport } from '../../reporting/spend-reports.read.js';
import type { ExampleWorld } from '../example-world.js';
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

/** Partners report each period that is over, and the backbone accepts. */
export async function report(world: ExampleWorld): Promise<void> {
  const { backbone, partner, secondPartner, thirdPartner } = world.people;
  for (const author of [partner, secondPartner, thirdPartner]) {
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
