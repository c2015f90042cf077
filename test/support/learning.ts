import type { Answer, Client } from './app.js';
import type { Made, TestCoalition } from './coalition.js';

export interface Entry extends Made {
  title: string;
  author: string;
  happenedOn: string;
  tags: string[];
  links: { kind: string; id: string; title: string }[];
  withdrawnReason: string | null;
}

export interface FoundEntry extends Entry {
  foundTitle: { text: string; isFound: boolean }[];
  excerpt: { text: string; isFound: boolean }[];
}

/** An entry about a group that moved, with whatever else it should say. */
export const entry = (more: object = {}) => ({
  title: 'An open door brings parents',
  action: 'We moved the Tuesday group from the clinic to the school hall.',
  observation: 'Twice as many families came, and half of them were new.',
  ...more,
});

export const writeEntry = <Body = Entry>(
  { id }: TestCoalition,
  person: Client,
  more: object = {},
): Promise<Answer<Body>> => person.post<Body>(`/api/v1/coalitions/${id}/learning-entries`, entry(more));

/** The entries that somebody finds. */
export async function findEntries({ id }: TestCoalition, person: Client, query = ''): Promise<FoundEntry[]> {
  const address = `/api/v1/coalitions/${id}/learning-entries${query}`;
  return (await person.must(person.get<{ items: FoundEntry[] }>(address))).items;
}

/** "We [met] often": what was found, in brackets. */
export const inBrackets = (segments: readonly { text: string; isFound: boolean }[]): string =>
  segments.map(({ text, isFound }) => (isFound ? `[${text}]` : text)).join('');
