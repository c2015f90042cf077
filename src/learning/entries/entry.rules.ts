import type { Day } from '../../maths/day.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';

/** What an entry says. */
export interface EntryWords {
  title: string;
  action: string;
  observation: string;
  reflection: string;
  nextStep: string;
  happenedOn: Day;
  tags: string[];
}

/** Tags as they are kept: lower case, each once, in the order of the alphabet. */
export const tidyTags = (tags: readonly string[]): string[] =>
  [...new Set(tags.map((tag) => tag.normalize('NFC').toLowerCase().trim().replace(/\s+/g, ' ')))]
    .filter((tag) => tag !== '')
    .toSorted();

/** Letters as they are kept: one character for one sign, however it was typed, so that it is found either way. */
export const tidyWords = (words: EntryWords): EntryWords => ({
  title: words.title.normalize('NFC'),
  action: words.action.normalize('NFC'),
  observation: words.observation.normalize('NFC'),
  reflection: words.reflection.normalize('NFC'),
  nextStep: words.nextStep.normalize('NFC'),
  happenedOn: words.happenedOn,
  tags: tidyTags(words.tags),
});

/** @throws ruleBroken naming the day */
export function refuseFuture(happenedOn: Day, today: Day): void {
  if (happenedOn > today)
    throw fieldError(
      'ruleBroken',
      '/happenedOn',
      `It cannot have been after today, ${today}. Plan what comes as a next step.`,
    );
}

/** Entries are their author's; the backbone minds all of them. */
export const mayChange = (
  entry: { authorId: string; withdrawnAt: string | null },
  person: { personId?: string; isBackbone: boolean },
): boolean => entry.withdrawnAt === null && (person.isBackbone || entry.authorId === person.personId);

/** @throws forbidden, stateForbids */
export function requireChangeable(
  entry: { authorId: string; author: string; withdrawnAt: string | null },
  person: { personId?: string; isBackbone: boolean },
): void {
  if (entry.withdrawnAt !== null)
    throw new DomainError('stateForbids', 'This entry is withdrawn. Write another one.');
  if (!mayChange(entry, person))
    throw new DomainError(
      'forbidden',
      `${entry.author} wrote this entry: only they or the backbone change it.`,
    );
}
