import { addDays, type Day } from '../../maths/day.js';
import type { ExampleWorld } from '../example-world.js';
import { type Harbour, type Partner, sign } from './harbour.js';

/** From which account the pool pays, and to which its partners are paid: proposed by one person, agreed to by another. */
export async function agreeOnAccounts(world: ExampleWorld, harbour: Harbour): Promise<void> {
  const { finance } = world.people;
  const own = await world.as(finance, (tx) =>
    world.poolAccounts.propose(tx, harbour.poolId, {
      ...{ accountName: 'Harbour Fund', iban: 'GB29NWBK60161331926819', reason: 'Opened for the fund' },
    }),
  );
  await sign(world, own.approvalId!);
  const payees: [Partner, string, string][] = [
    ['stream', 'Stream Youth Work', 'GB82WEST12345698765432'],
    ['hill', 'Hill Families CIO', 'GB33BUKB20201555555555'],
    ['quayside', 'Quayside Nurseries Ltd', 'GB94BARC10201530093459'],
  ];
  for (const [partner, accountName, iban] of payees) {
    const reason = 'Their bank letter is filed; confirmed by telephone';
    const { approvalId } = await world.as(finance, (tx) =>
      world.bankAccounts.propose(tx, harbour.organisations[partner], { accountName, iban, reason }),
    );
    await sign(world, approvalId);
  }
}

/** Finance asks, one or two approvers sign, finance settles: every instalment that is due. */
export async function payWhatIsDue(world: ExampleWorld, day: Day, references: number): Promise<number> {
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
  const { finance } = world.people;
  const disbursement = await world.as(finance, (tx) => world.disbursements.release(tx, instalmentId));
  await sign(world, disbursement.approvalId, most);
  return disbursement.id;
}

/** Today: one release waits for approvers; what else is due is still to be asked for. */
export async function leaveWorkToDo(world: ExampleWorld, today: Day): Promise<void> {
  await world.moveTo(addDays(today, -1));
  const due = await world.as(world.people.finance, (tx) =>
    tx.rows<{ id: string }>(`SELECT id FROM instalments WHERE state = 'due' ORDER BY due_on, id LIMIT 1`),
  );
  for (const { id } of due) await releaseAndApprove(world, id, 0);
}
