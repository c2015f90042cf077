import { DomainError, fieldError } from '../platform/errors/domain-error.js';

export const decisionMethods = ['motion', 'choice'] as const;
export type DecisionMethod = (typeof decisionMethods)[number];

export const votingRules = ['majority', 'twoThirds', 'unanimous', 'plurality'] as const;
export type VotingRule = (typeof votingRules)[number];

export const weightings = ['perPerson', 'byContribution'] as const;
export type Weighting = (typeof weightings)[number];

export const decisionStates = ['draft', 'open', 'passed', 'failed', 'noQuorum', 'withdrawn'] as const;
export type DecisionState = (typeof decisionStates)[number];

/** What one votes for when a motion is put plainly. */
export const forAndAgainst: readonly string[] = ['For', 'Against'];

/** The choice of who abstains: it counts to the quorum, and for nothing. */
export const abstention = 0;

/** Everything that a count is made of. Weights are whole numbers: people, or minor units contributed. */
export interface Vote {
  method: DecisionMethod;
  options: readonly string[];
  rule: VotingRule;
  quorumPercent: number;
  voters: readonly { personId: string; weight: bigint }[];
  recused: ReadonlySet<string>;
  /** The ballot that counts of each person. */
  ballots: ReadonlyMap<string, number>;
}

export interface Share {
  people: number;
  weight: bigint;
}

/** How a vote stands. Who is recused is in no figure of it. */
export interface Standing {
  entitled: Share;
  /** Abstentions among them. */
  voted: Share;
  abstained: Share;
  options: Share[];
  isQuorate: boolean;
}

/** Counts a vote. The same roll, recusals and ballots give the same figures, in whatever order they come. */
export function count({ options, quorumPercent, voters, recused, ballots }: Vote): Standing {
  const entitled = voters.filter(({ personId }) => !recused.has(personId));
  const voted = entitled.filter(({ personId }) => ballots.has(personId));
  const of = (choice: number) => share(voted.filter(({ personId }) => ballots.get(personId) === choice));
  const [may, did] = [share(entitled), share(voted)];
  return {
    entitled: may,
    voted: did,
    abstained: of(abstention),
    options: options.map((_, index) => of(index + 1)),
    isQuorate: may.weight > 0n && did.weight * 100n >= may.weight * BigInt(quorumPercent),
  };
}

const share = (voters: readonly { weight: bigint }[]): Share => ({
  people: voters.length,
  weight: voters.reduce((total, { weight }) => total + weight, 0n),
});

/** How a vote ended: `winner` is the number of the option that carries it. */
export interface Verdict {
  state: 'passed' | 'failed' | 'noQuorum';
  winner: number | null;
  reason: string;
}

/** What a count comes to by the motion's rule. A tie carries nothing, and says so. */
export function decide(vote: Vote, standing: Standing): Verdict {
  if (!standing.isQuorate) {
    const reason = `The quorum of ${vote.quorumPercent} % was not reached.`;
    return { state: 'noQuorum', winner: null, reason };
  }
  const votes = standing.options.map(({ weight }) => weight);
  const cast = votes.reduce((total, weight) => total + weight, 0n);
  if (cast === 0n) return failed('Everybody abstained.');
  const most = votes.reduce((top, weight) => (weight > top ? weight : top));
  const first = votes.indexOf(most);
  const tied = votes.filter((weight) => weight === most).length > 1;
  if (tied) return failed(tieOf(vote.options.filter((_, index) => votes[index] === most)));
  const carries = reaches(vote.rule, most, cast);
  if (vote.method === 'motion' && first !== 0) return failed('More were against it than for it.');
  if (!carries) return failed(`${vote.options[first]!} did not reach ${ruleWords[vote.rule]}.`);
  return {
    state: 'passed',
    winner: first + 1,
    reason: `${vote.options[first]!} reached ${ruleWords[vote.rule]}.`,
  };
}

const failed = (reason: string): Verdict => ({ state: 'failed', winner: null, reason });

const tieOf = (options: readonly string[]): string =>
  `${options.slice(0, -1).join(', ')} and ${options.at(-1)!} tie, so nothing is carried.`;

/** Whether `most` of what was cast, abstentions apart, is enough. */
function reaches(rule: VotingRule, most: bigint, cast: bigint): boolean {
  switch (rule) {
    case 'plurality':
      return true;
    case 'majority':
      return most * 2n > cast;
    case 'twoThirds':
      return most * 3n >= cast * 2n;
    case 'unanimous':
      return most === cast;
  }
}

/** What a rule asks for, after "did not reach". */
export const ruleWords: Record<VotingRule, string> = {
  majority: 'more than half of the votes cast',
  twoThirds: 'two thirds of the votes cast',
  unanimous: 'all of the votes cast',
  plurality: 'the most votes',
};

/**
 * What one may vote for: a plain motion is for or against, a choice has two to ten options that differ.
 * @throws ruleBroken naming the field
 */
export function requireOptions(
  method: DecisionMethod,
  rule: VotingRule,
  options: readonly string[] | undefined,
): readonly string[] {
  if (method === 'motion') {
    if (options !== undefined && options.length > 0)
      throw fieldError('ruleBroken', '/options', 'A plain motion has no options: one is for or against it.');
    if (rule === 'plurality')
      throw fieldError(
        'ruleBroken',
        '/rule',
        'The most votes decide between options, not on a plain motion.',
      );
    return forAndAgainst;
  }
  const named = options ?? [];
  if (named.length < 2 || named.length > 10)
    throw fieldError('ruleBroken', '/options', 'Name two to ten options.');
  if (new Set(named.map((option) => option.toLowerCase())).size < named.length)
    throw fieldError('ruleBroken', '/options', 'Two options are the same.');
  if (rule !== 'plurality' && rule !== 'majority')
    throw fieldError(
      'ruleBroken',
      '/rule',
      'Between options the most votes decide, or more than half of them.',
    );
  return named;
}

/** Refuses a step that the state does not allow, and says which state that is. */
export function requireState(state: DecisionState, ...allowed: DecisionState[]): void {
  if (allowed.includes(state)) return;
  throw new DomainError(
    'stateForbids',
    `The decision is ${stateWords[state]}, so this cannot be done any more.`,
  );
}

export const stateWords: Record<DecisionState, string> = {
  draft: 'a draft',
  open: 'open to vote',
  passed: 'passed',
  failed: 'failed',
  noQuorum: 'closed without a quorum',
  withdrawn: 'withdrawn',
};

/** "D-7", by which people speak of it. */
export const referenceOf = (number: number): string => `D-${number}`;
