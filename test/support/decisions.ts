import type { Client, TestApp } from './app.js';
import type { TestCoalition } from './coalition.js';

export interface Decision {
  id: string;
  reference: string;
  state: string;
  outcome: string | null;
  entitled: number;
  voted: number;
  usedFor: string | null;
  version: number;
}

export interface Vote {
  person: string;
  seat: string;
  weight: string;
  recused: string | null;
  recusalReason: string | null;
  hasVoted: boolean;
  choice: number | null;
  choiceText: string | null;
  changes: number;
  dissent: string | null;
}

export interface DecisionRecord extends Decision {
  motion: string;
  subjectTitle: string | null;
  standing: {
    entitledPeople: number;
    entitledWeight: string;
    votedWeight: string;
    isQuorate: boolean;
    options: { label: string; people: number; weight: string }[];
  } | null;
  votes: Vote[];
  dissents: { person: string; words: string }[];
  minutes: { text: string; writtenBy: string }[];
  amendedBy: { reference: string; how: string }[];
}

/** A plain motion on which everybody has one vote, until 4 December. */
export const motion = (more: object = {}) => ({
  title: 'Meet in the library',
  motion: 'That the coalition meets in the library from January on.',
  method: 'motion',
  rule: 'majority',
  weighting: 'perPerson',
  quorumPercent: 50,
  closesOn: '2026-12-04',
  subjectKind: 'general',
  ...more,
});

/** Drafts a motion; gives its id. */
export async function draftMotion({ id, backbone }: TestCoalition, more: object = {}): Promise<string> {
  const drafted = await backbone.must(
    backbone.post<Decision>(`/api/v1/coalitions/${id}/decisions`, motion(more)),
  );
  return drafted.id;
}

/** Drafts a motion and puts it to the vote; gives its id. */
export async function openMotion(coalition: TestCoalition, more: object = {}): Promise<string> {
  const decisionId = await draftMotion(coalition, more);
  const { backbone } = coalition;
  await backbone.must(backbone.post(`/api/v1/decisions/${decisionId}/open`));
  return decisionId;
}

export const vote = <Body = Decision>(person: Client, decisionId: string, choice: number, dissent?: string) =>
  person.post<Body>(`/api/v1/decisions/${decisionId}/votes`, { choice, ...(dissent && { dissent }) });

export const readMotion = (person: Client, decisionId: string): Promise<DecisionRecord> =>
  person.must(person.get<DecisionRecord>(`/api/v1/decisions/${decisionId}`));

/** Somebody with a voting seat. */
export async function voter(
  app: TestApp,
  coalition: TestCoalition,
  name: string,
  role: 'funder' | 'partner',
  organisationId: string,
): Promise<Client> {
  const person = await app.person(name);
  await app.seat(person, coalition.id, role, organisationId);
  return person;
}

/** Drafts a motion on this, has everybody on the roll vote for it, and closes it. Gives its id. */
export async function pass(
  coalition: TestCoalition,
  voters: readonly Client[],
  more: object = {},
): Promise<string> {
  const decisionId = await openMotion(coalition, more);
  const { backbone } = coalition;
  for (const person of voters) await person.must(vote(person, decisionId, 1));
  const { state } = await backbone.must(backbone.post<Decision>(`/api/v1/decisions/${decisionId}/close`));
  if (state !== 'passed') throw new Error(`The motion is ${state}.`);
  return decisionId;
}
