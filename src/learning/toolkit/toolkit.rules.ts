import { createHash } from 'node:crypto';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { canonical } from '../../platform/http/once.js';
import type { Role } from '../../platform/http/request.js';
import type { ToolkitContent } from './toolkit-content.js';

/** Those who look at what is to be shared, and publish what somebody else of them asked for. */
export const sharers: Role[] = ['backbone', 'approver'];

/** The SHA-256 of what the public sees: another word has another hash. */
export const hashOfContent = (content: ToolkitContent): string =>
  createHash('sha256').update(canonical(content)).digest('hex');

/** Every text in it, however deep. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsOf);
}

/** Whose full names stand in what is to be shared. */
export function namesIn(content: ToolkitContent, names: readonly string[]): string[] {
  const words = textsOf(content).join('\n').toLocaleLowerCase('en');
  return names.filter((name) => words.includes(name.toLocaleLowerCase('en')));
}

/** @throws ruleBroken where there is nothing to share, or people are named that the coalition chose not to name */
export function requireSharable(
  content: ToolkitContent,
  people: { names: readonly string[]; mayBeNamed: boolean },
): void {
  const { pages, goals, entries, decisions } = content;
  if (pages.length + goals.length + entries.length + decisions.length === 0)
    throw new DomainError('ruleBroken', 'Choose something to share first.');
  const named = people.mayBeNamed ? [] : namesIn(content, people.names);
  if (named.length > 0)
    throw fieldError(
      'ruleBroken',
      '/namesPeople',
      `The texts name ${named.join(', ')}. Take the names out, or choose that people are named.`,
    );
}

interface Asked {
  state: string;
  askedBy: string;
  askedByName: string;
  contentHash: string;
}

/** @throws stateForbids, makerIsChecker */
export function requireCheckable(asked: Asked | undefined, personId: string | undefined): asserts asked {
  if (asked?.state !== 'asked')
    throw new DomainError('stateForbids', 'Nobody has asked to publish anything. Ask for it first.');
  if (asked.askedBy === personId)
    throw new DomainError('makerIsChecker', 'You asked for it, so somebody else must look at it.');
}

/** @throws stateForbids where what was looked at, or what is there now, is not what was asked for */
export function requireSame(asked: Asked, hashes: { seen: string; now: string }): void {
  if (hashes.seen !== asked.contentHash)
    throw new DomainError('stateForbids', 'Somebody asked for something else meanwhile. Look at it again.');
  if (hashes.now !== asked.contentHash)
    throw new DomainError(
      'stateForbids',
      `What is shared has changed since ${asked.askedByName} asked for it. Ask for it anew.`,
    );
}
