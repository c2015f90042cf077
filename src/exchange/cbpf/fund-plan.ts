import { addMonths, type Day } from '../../maths/day.js';
import { dollars } from './cell-reader.js';
import type { ContributionLine, FundFile, ProjectLine } from './fund-files.js';

/** The quarters of a grant's term: an instalment at the start of each. */
const MONTHS_BETWEEN_INSTALMENTS = 3;

/** A pledge as the file has it: one instalment, due on the last day of its fiscal year. Cents. */
export interface PlannedPledge {
  line: number;
  /** Also the bank reference of what is received for it. */
  reference: string;
  funder: string;
  year: number;
  amount: bigint;
  signedOn: Day;
  dueOn: Day;
  /** Null while the year is in the future. */
  receivedOn: Day | null;
}

/** A grant as the file has it. Cents. */
export interface PlannedGrant {
  line: number;
  reference: string;
  title: string;
  partner: string;
  decision: string;
  amount: bigint;
  startOn: Day;
  endOn: Day;
  awardedOn: Day;
  equalInstalments: number;
}

/** What a fund becomes: a coalition with a pool, its pledges and its grants. */
export interface FundPlan {
  sourceKey: string;
  name: string;
  pledges: PlannedPledge[];
  grants: PlannedGrant[];
}

export function planFund(fund: FundFile, today: Day): FundPlan {
  return {
    sourceKey: `cbpf:${fund.id}`,
    name: fund.name,
    pledges: fund.contributions.map((line) => planPledge(line, today)),
    grants: fund.projects.map(planOneGrant),
  };
}

/**
 * A donor's promise for a fiscal year. It counts as signed on the year's first day and due on its last; of a year that
 * has begun it counts as received in full on that last day, or on the day of the import where that comes first.
 */
function planPledge({ line, year, donor, donorCode, amount }: ContributionLine, today: Day): PlannedPledge {
  const firstDay = `${year}-01-01`;
  const lastDay = `${year}-12-31`;
  return {
    line,
    reference: `CBPF-${year}-${donorCode}`,
    funder: donor,
    year,
    amount,
    signedOn: earlier(firstDay, today),
    dueOn: lastDay,
    receivedOn: firstDay <= today ? earlier(lastDay, today) : null,
  };
}

function planOneGrant(project: ProjectLine): PlannedGrant {
  return {
    line: project.line,
    reference: project.code,
    title: project.title,
    partner: project.partner,
    decision: project.allocation,
    amount: project.budget,
    startOn: project.startOn,
    endOn: project.endOn,
    awardedOn: project.approvedOn,
    equalInstalments: quartersBegun(project.startOn, project.endOn),
  };
}

/** How many quarters, counted from the start, begin within a term: one at least. */
export function quartersBegun(startOn: Day, endOn: Day): number {
  let quarters = 1;
  while (addMonths(startOn, MONTHS_BETWEEN_INSTALMENTS * quarters) <= endOn) quarters += 1;
  return quarters;
}

/** What is kept with a grant on how it is paid. */
export const templateOf = ({ amount, startOn, equalInstalments }: PlannedGrant) => ({
  baseAmount: dollars(amount),
  firstOn: startOn,
  everyMonths: MONTHS_BETWEEN_INSTALMENTS,
  equalInstalments,
});

const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
