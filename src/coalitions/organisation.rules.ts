import { fieldError } from '../platform/errors/domain-error.js';
import type { Sector } from './organisation.entity.js';

/** What a coalition knows of an organisation. */
export interface OrganisationFacts {
  name: string;
  orgId: string | null;
  sector: Sector;
  email: string | null;
}

// The registers' own rule (org-id.guide): the jurisdiction, the register's code, the number there.
const orgIdPattern = /^[A-Z]{2,3}-[A-Z0-9]+-\S+$/;

/** The facts after a change: what is not named stays, what is null is forgotten. */
export function changedFacts(
  before: OrganisationFacts,
  change: Partial<OrganisationFacts>,
): OrganisationFacts {
  const named = Object.entries(change).filter(([, value]) => value !== undefined);
  const after = { ...before, ...Object.fromEntries(named) };
  refuseOddOrgId(after.orgId);
  return after;
}

/** Refuses an org-id that no register would give. */
export function refuseOddOrgId(orgId: string | null): void {
  if (orgId === null || orgIdPattern.test(orgId)) return;
  throw fieldError(
    'ruleBroken',
    '/orgId',
    'An org-id names the register and the number there, such as GB-CHC-1094112. Leave it out if there is none.',
  );
}

/** What members should know when the backbone is not of the third sector; null when there is nothing to say. */
export function neutralityNote({ name, sector }: Pick<OrganisationFacts, 'name' | 'sector'>): string | null {
  if (sector === 'third') return null;
  const body = sector === 'public' ? 'a public body' : 'a private company';
  return (
    `${name} is ${body}, not an organisation of the third sector. ` +
    'The coalition should agree how its backbone stays neutral.'
  );
}
