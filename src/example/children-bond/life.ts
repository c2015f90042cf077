import { addDays, type Day } from '../../maths/day.js';
import { formatAmount } from '../../maths/money.js';
import { sign } from '../harbour-towns/harbour.js';
import type { ExampleWorld } from '../example-world.js';
import type { Zone } from './contract.js';
import {
  advances,
  type ClaimedPeriod,
  claims,
  distributions,
  drawdowns,
  type MetricName,
  payers,
  type PayerName,
  plans,
  suspension,
} from './figures.js';

/** Something that happened to the bond on a day. */
interface Event {
  on: Day;
  happen: (world: ExampleWorld, zone: Zone) => Promise<void>;
}

/** All that happened to the bond, in the order of its days; what payers owe is paid as it falls due. */
export async function liveBond(world: ExampleWorld, zone: Zone, until: Day): Promise<void> {
  const events = eventsOf().filter(({ on }) => on <= until);
  for (const { on, happen } of events) {
    await collectUntil(world, zone, on);
    await world.moveTo(on);
    await happen(world, zone);
  }
  await collectUntil(world, zone, until);
  await world.moveTo(until);
}

function eventsOf(): Event[] {
  const events: Event[] = [
    ...plans.map(({ madeOn, ...plan }): Event => ({ on: madeOn, happen: (...at) => makePlan(...at, plan) })),
    ...drawdowns.map((drawdown): Event => ({ on: drawdown.on, happen: (...at) => draw(...at, drawdown) })),
    ...advances.map((advance): Event => ({
      on: advance.on,
      happen: (...at) => advanceMoney(...at, advance),
    })),
    ...claims.map((claim): Event => ({
      on: claim.claimedOn,
      happen: (...at) => claimOutcomes(...at, claim),
    })),
    ...distributions.map((paid): Event => ({ on: paid.on, happen: (...at) => distribute(...at, paid) })),
    { on: suspension.askedOn, happen: suspend },
    // On these days a job invoices the payers: the clock stands still on each.
    ...suspension.instalments.map(({ dueOn }): Event => ({ on: dueOn, happen: () => Promise.resolve() })),
  ];
  return events.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

const metrics = (reached: ClaimedPeriod['reached']) =>
  (Object.entries(reached) as [MetricName, number][]).map(([metric, count]) => ({
    metric,
    quantity: String(count),
  }));

async function makePlan(
  world: ExampleWorld,
  { bondId }: Zone,
  { reason, byPeriod }: Omit<(typeof plans)[number], 'madeOn'>,
): Promise<void> {
  const lines = Object.entries(byPeriod).flatMap(([period, reached]) =>
    metrics(reached).map((line) => ({ period: Number(period), ...line })),
  );
  await world.as(world.people.backbone, (tx) => world.bondPlans.make(tx, bondId, { reason, lines }));
}

async function draw(
  world: ExampleWorld,
  { bondId, lenders }: Zone,
  { on, of, amount }: (typeof drawdowns)[number],
): Promise<void> {
  const { finance } = world.people;
  const reason = 'Working capital for the next half-year';
  const call = await world.as(finance, (tx) =>
    world.drawdowns.call(tx, bondId, { partyId: lenders[of], amount, dueOn: on, reason }),
  );
  const bankReference = `DRAW ${on} ${of}`;
  await world.as(finance, (tx) =>
    world.drawdowns.receive(tx, call.id, { amount, receivedOn: on, bankReference }),
  );
}

async function advanceMoney(
  world: ExampleWorld,
  { bondId }: Zone,
  { on, amount, reason }: (typeof advances)[number],
): Promise<void> {
  const { finance } = world.people;
  const advance = await world.as(finance, (tx) => world.advances.ask(tx, bondId, { amount, reason }));
  await sign(world, advance.approvalId);
  const bankReference = `CIB ADV ${on}`;
  await world.as(finance, (tx) => world.advances.pay(tx, advance.id, { bankReference, paidOn: on }));
}

async function claimOutcomes(
  world: ExampleWorld,
  { bondId }: Zone,
  { period, reached, accepted = {} }: ClaimedPeriod,
): Promise<void> {
  const { partner, verifier } = world.people;
  const claim = await world.as(partner, (tx) =>
    world.claims.make(tx, bondId, { period, lines: metrics(reached) }),
  );
  await world.as(partner, (tx) => world.claims.submit(tx, claim.id));
  await world.as(verifier, async (tx) => {
    const lines = await tx.rows<{ id: string; metric: MetricName }>(
      `SELECT id, metric FROM outcome_claim_lines WHERE claim_id = $1 ORDER BY number`,
      [claim.id],
    );
    await world.verification.verify(tx, claim.id, {
      lines: lines.map(({ id, metric }) => {
        const fewer = accepted[metric];
        if (fewer === undefined) return { lineId: id, verdict: 'accepted' };
        const reason = 'The administrative data show fewer';
        return { lineId: id, verdict: 'reduced', quantity: String(fewer), reason };
      }),
    });
  });
}

async function suspend(world: ExampleWorld, { bondId, payerIds }: Zone): Promise<void> {
  const { fromOn, toOn, instalments } = suspension;
  const asked = await world.as(world.people.backbone, (tx) =>
    world.suspensions.ask(tx, bondId, {
      ...{ fromOn, toOn, instalments: instalments.map((one) => ({ ...one })) },
      reason: 'Schools are closed: outcomes can be neither reached nor measured',
      payers: (Object.keys(payers) as PayerName[]).map((name) => ({
        organisationId: payerIds[name],
        weight: payers[name][1],
      })),
    }),
  );
  await sign(world, asked.approvalId);
}

async function distribute(
  world: ExampleWorld,
  { bondId }: Zone,
  { on, amount, reason }: (typeof distributions)[number],
): Promise<void> {
  const { finance } = world.people;
  const asked = await world.as(finance, (tx) =>
    world.distributions.ask(tx, bondId, { asOf: on, amount, reason, source: 'proceeds' }),
  );
  await sign(world, asked.approvalId);
  const bankReference = `CIB DIST ${on}`;
  await world.as(finance, (tx) => world.distributions.pay(tx, asked.id, { bankReference, paidOn: on }));
}

/** Payers pay what they were invoiced, a few days before it is due. */
async function collectUntil(world: ExampleWorld, { bondId }: Zone, until: Day): Promise<void> {
  const { finance } = world.people;
  for (;;) {
    const invoice = await world.as(finance, (tx) =>
      tx.row<{ id: string; amount: bigint; number: number; dueOn: Day; currency: string }>(
        `SELECT id, amount, number, due_on AS "dueOn", currency FROM outcome_invoices
         WHERE bond_id = $1 AND received + cancelled = 0 ORDER BY due_on, number LIMIT 1`,
        [bondId],
      ),
    );
    const receivedOn = invoice && addDays(invoice.dueOn, -5);
    if (!receivedOn || receivedOn > until) return;
    await world.moveTo(receivedOn);
    await world.as(finance, (tx) =>
      world.outcomeInvoices.receive(tx, invoice.id, {
        ...{ amount: formatAmount(invoice.amount, invoice.currency), receivedOn },
        bankReference: `CIB-2/${invoice.number}`,
      }),
    );
  }
}
