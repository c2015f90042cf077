import type { Day } from '../../maths/day.js';
import { dollars } from './cell-reader.js';
import type { FundPlan, PlannedGrant, PlannedPledge } from './fund-plan.js';

/** A pledge that an earlier import has recorded. Cents. */
export interface StandingPledge {
  id: string;
  instalmentId: string;
  reference: string;
  funderId: string;
  funder: string;
  amount: bigint;
  dueOn: Day;
  state: string;
  received: bigint;
}

/** A grant that an earlier import has recorded. Cents. */
export interface StandingGrant {
  reference: string;
  title: string;
  partner: string;
  amount: bigint;
  startOn: Day;
  endOn: Day;
  awardedOn: Day;
}

export interface StandingFund {
  name: string;
  pledges: StandingPledge[];
  grants: StandingGrant[];
}

/** The file says something else than what is recorded. It is shown, and never applied by itself. */
export interface Difference {
  what: string;
  field: string;
  here: string;
  file: string;
}

export interface Comparison {
  newPledges: PlannedPledge[];
  /** Pledges that stand, whose year has begun since. */
  nowReceived: { standing: StandingPledge; planned: PlannedPledge }[];
  newGrants: PlannedGrant[];
  differences: Difference[];
}

/** What the file has that is not here yet, and what it says otherwise. */
export function compareFund(plan: FundPlan, standing: StandingFund | null): Comparison {
  const pledges = new Map(standing?.pledges.map((pledge) => [pledge.reference, pledge]));
  const grants = new Map(standing?.grants.map((grant) => [grant.reference, grant]));
  const inFile = new Set(plan.pledges.map(({ reference }) => reference));
  return {
    newPledges: plan.pledges.filter(({ reference }) => !pledges.has(reference)),
    newGrants: plan.grants.filter(({ reference }) => !grants.has(reference)),
    nowReceived: plan.pledges.flatMap((planned) => {
      const found = pledges.get(planned.reference);
      return found && isReceivedSince(found, planned) ? [{ standing: found, planned }] : [];
    }),
    differences: [
      ...(standing ? differing('fund', [['name', standing.name, plan.name]]) : []),
      ...plan.pledges.flatMap((planned) => pledgeDifferences(pledges.get(planned.reference), planned)),
      ...[...pledges.values()].filter(({ reference }) => !inFile.has(reference)).map(goneFromFile),
      ...plan.grants.flatMap((planned) => grantDifferences(grants.get(planned.reference), planned)),
    ],
  };
}

/** Only a pledge that stands as it was imported is settled: what people did with it since is theirs. */
const isReceivedSince = (standing: StandingPledge, planned: PlannedPledge): boolean =>
  planned.receivedOn !== null &&
  standing.state === 'signed' &&
  standing.received === 0n &&
  standing.amount === planned.amount;

function pledgeDifferences(standing: StandingPledge | undefined, planned: PlannedPledge): Difference[] {
  if (!standing) return [];
  return differing(`pledge ${planned.reference} (line ${planned.line})`, [
    ['funder', standing.funder, planned.funder],
    ['amount', dollars(standing.amount), dollars(planned.amount)],
    ['due on', standing.dueOn, planned.dueOn],
    ...receivedOtherwise(standing, planned),
  ]);
}

/** Cancelled here, or received in part, while the file has it as received. */
function receivedOtherwise(
  standing: StandingPledge,
  planned: PlannedPledge,
): (readonly [string, string, string])[] {
  const isOpen = standing.state === 'signed' || standing.state === 'fulfilled';
  if (!isOpen) return [['state', standing.state, 'signed']];
  if (planned.receivedOn === null || standing.amount !== planned.amount) return [];
  if (isReceivedSince(standing, planned)) return [];
  return [['received', dollars(standing.received), dollars(planned.amount)]];
}

const goneFromFile = ({ reference, amount }: StandingPledge): Difference => ({
  what: `pledge ${reference}`,
  field: 'amount',
  here: dollars(amount),
  file: 'no such row',
});

// The projects of another year come in a file of their own: a grant that is not in this one is no difference.
function grantDifferences(standing: StandingGrant | undefined, planned: PlannedGrant): Difference[] {
  if (!standing) return [];
  return differing(`grant ${planned.reference} (line ${planned.line})`, [
    ['title', standing.title, planned.title],
    ['partner', standing.partner, planned.partner],
    ['amount', dollars(standing.amount), dollars(planned.amount)],
    ['start', standing.startOn, planned.startOn],
    ['end', standing.endOn, planned.endOn],
    ['awarded on', standing.awardedOn, planned.awardedOn],
  ]);
}

const differing = (what: string, fields: readonly (readonly [string, string, string])[]): Difference[] =>
  fields.flatMap(([field, here, file]) => (here === file ? [] : [{ what, field, here, file }]));
