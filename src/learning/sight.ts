import type { Access } from '../platform/http/request.js';

/** What a reader may see of what entries are linked to: all, or among what has an owner only their own. */
export interface Sight {
  seesAll: boolean;
  /** The organisations whose grants, reports and bonds are theirs. */
  organisationIds: string[];
}

/** Whoever sits for partners only sees their own; the same rule as `decideAccess`. */
export const sightOf = ({ roles, organisationIds }: Access): Sight => ({
  seesAll: roles.some((role) => role !== 'partner'),
  organisationIds,
});

/** SQL: whether what has this owner is seen, by the parameters `seesAll` and `organisationIds`. */
export const isSeen = (owner: string, seesAll: string, organisationIds: string): string =>
  `(${seesAll}::boolean OR ${owner} IS NULL OR ${owner} = ANY (${organisationIds}::uuid[]))`;
