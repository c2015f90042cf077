import { sign } from '../harbour-towns/harbour.js';
import type { ExampleWorld } from '../example-world.js';
import { bondCap, investors, type InvestorName, type PayerName, payers, rateCard } from './figures.js';

/** The coalition around the bond, as the rest of its life needs it. */
export interface Zone {
  coalitionId: string;
  poolId: string;
  bondId: string;
  /** The investors as parties to the bond. */
  lenders: Record<InvestorName, string>;
  /** Organisations. */
  payerIds: Record<PayerName, string>;
}

/** The coalition with its people and organisations, the pool whose account the bond uses, and the signed contract. */
export async function signContract(world: ExampleWorld): Promise<Zone> {
  const { people } = world;
  const coalition = await world.coalitions.found(world.db, people.backbone, {
    name: 'West City Children',
    commonAgenda:
      'Every child of the zone feels good at home, at school and with friends, and gets on in life.',
    kind: 'coordinating',
    timeZone: 'Europe/London',
    businessDay: 'following',
    holidays: 'GB-ENG',
  });
  const add = async (name: string) =>
    (
      await world.as(people.backbone, (tx) =>
        world.organisations.add(tx, coalition.id, { name, sector: 'third' }),
      )
    ).id;
  const named = async <Name extends string>(list: Record<Name, readonly [string, string]>) => {
    const ids = {} as Record<Name, string>;
    for (const name of Object.keys(list) as Name[]) ids[name] = await add(list[name][0]);
    return ids;
  };
  const payerIds = await named<PayerName>(payers);
  const investorIds = await named<InvestorName>(investors);
  const provider = await add('West City Zone');
  const checker = await add('Evidence House');
  await world.seat(coalition.id, people.funder, 'funder', payerIds.philanthropists);
  await world.seat(coalition.id, people.finance, 'finance');
  await world.seat(coalition.id, people.approver, 'approver');
  await world.seat(coalition.id, people.secondApprover, 'approver');
  await world.seat(coalition.id, people.partner, 'partner', provider);
  await world.seat(coalition.id, people.verifier, 'verifier', checker);
  const pool = await world.as(people.backbone, (tx) =>
    world.pools.open(tx, coalition.id, {
      ...{
        name: 'Children’s outcomes',
        currency: 'GBP',
        attributionRule: 'pro_rata',
        refundPolicy: 'pro_rata',
      },
      approvalTiers: [{ above: '500000.00', approvers: 2 }],
    }),
  );
  const drafted = await world.as(people.finance, (tx) =>
    world.bonds.draft(tx, coalition.id, {
      ...{
        poolId: pool.id,
        reference: 'CIB-2',
        title: 'Collective impact bond, second phase',
        providerId: provider,
      },
      terms: terms(payerIds, investorIds, checker),
    }),
  );
  const bondId = drafted.bond.id;
  const proposed = await world.as(people.finance, (tx) => world.signing.propose(tx, bondId));
  await sign(world, proposed.versions[0]!.approvalId!);
  await world.as(people.finance, (tx) => world.bonds.activate(tx, bondId, { activeFrom: '2019-04-01' }));
  const parties = await world.as(people.finance, (tx) =>
    tx.rows<{ id: string; organisationId: string }>(
      `SELECT id, organisation_id AS "organisationId" FROM bond_parties WHERE bond_id = $1 AND role = 'investor'`,
      [bondId],
    ),
  );
  const partyOf = (name: InvestorName) =>
    parties.find(({ organisationId }) => organisationId === investorIds[name])!.id;
  return {
    ...{ coalitionId: coalition.id, poolId: pool.id, bondId, payerIds },
    lenders: { first: partyOf('first'), second: partyOf('second') },
  };
}

const terms = (
  payerIds: Record<PayerName, string>,
  investorIds: Record<InvestorName, string>,
  checker: string,
) => ({
  startOn: '2019-04-01',
  endOn: '2024-03-31',
  claimsEvery: 'halfYearly',
  invoiceDueDays: 30,
  rateCard: rateCard.map(([metric, title, price]) => ({
    metric,
    title,
    kind: 'per_unit',
    price,
    unit: 'child',
  })),
  caps: { bond: bondCap },
  carryForward: false,
  shareRule: 'remainingCap',
  payers: (Object.keys(payers) as PayerName[]).map((name) => ({
    organisationId: payerIds[name],
    cap: payers[name][1],
  })),
  verifier: { organisationId: checker },
  investors: (Object.keys(investors) as InvestorName[]).map((name) => ({
    organisationId: investorIds[name],
    commitment: investors[name][1],
  })),
  returns: {
    kind: 'waterfall',
    tiers: [
      { kind: 'capital' },
      { kind: 'preferred', rate: '0.06', dayCount: 'ACT/365', compounding: 'none' },
      { kind: 'residual', shares: { investors: '0.2', provider: '0.5', pool: '0.3' } },
    ],
  },
  surplus: { rule: 'payersByPaid' },
});
