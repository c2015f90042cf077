/** Something that a learning entry can be linked to. */
export interface LinkKind {
  kind: string;
  /** One of them, and several, as pages call them. */
  one: string;
  many: string;
  /** Where the page of each lies, before its id. */
  path: string;
  /**
   * SQL of all there are, with `id`, `coalition_id`, `title`, and `owner_id`: the organisation whose people alone see it
   * among partners, null where everybody does. The rule is that of the routes: see `resources`.
   */
  sql: string;
}

/**
 * What entries can be linked to: a kind more is one more of these. Money that funders give is not among them: what was
 * learnt belongs to the coalition, and is nobody's impact.
 */
export const linkKinds: readonly LinkKind[] = [
  {
    ...{ kind: 'goal', one: 'Goal', many: 'Goals', path: '/goals' },
    sql: `SELECT id, coalition_id, name AS title, NULL::uuid AS owner_id FROM goals`,
  },
  {
    ...{ kind: 'indicator', one: 'Indicator', many: 'Indicators', path: '/indicators' },
    sql: `SELECT id, coalition_id, name AS title, NULL::uuid AS owner_id FROM indicators`,
  },
  {
    ...{ kind: 'measure', one: 'Performance measure', many: 'Performance measures' },
    path: '/performance-measures',
    sql: `SELECT id, coalition_id, name AS title, NULL::uuid AS owner_id FROM performance_measures`,
  },
  {
    ...{ kind: 'decision', one: 'Decision', many: 'Decisions', path: '/decisions' },
    sql: `SELECT id, coalition_id, 'D-' || number || ' ' || title AS title, NULL::uuid AS owner_id FROM decisions`,
  },
  {
    ...{ kind: 'spendReport', one: 'Spend report', many: 'Spend reports', path: '/spend-reports' },
    sql: `SELECT r.id, r.coalition_id, g.reference || ', ' || r.period_from || ' to ' || r.period_to AS title,
        r.organisation_id AS owner_id FROM spend_reports r JOIN grants g ON g.id = r.grant_id`,
  },
  {
    ...{ kind: 'grant', one: 'Grant', many: 'Grants', path: '/grants' },
    sql: `SELECT id, coalition_id, reference || ' ' || title AS title, organisation_id AS owner_id FROM grants`,
  },
  {
    ...{ kind: 'bond', one: 'Bond', many: 'Bonds', path: '/bonds' },
    sql: `SELECT id, coalition_id, reference || ' ' || title AS title, provider_id AS owner_id FROM bonds`,
  },
];

export const linkKindNames: readonly string[] = linkKinds.map(({ kind }) => kind);

/** Everything that can be linked to, as a table of `kind`, `id`, `coalition_id`, `title` and `owner_id`. */
export const linkable = `(${linkKinds
  .map(({ kind, sql }) => `SELECT '${kind}' AS kind, of_kind.* FROM (${sql}) AS of_kind`)
  .join(' UNION ALL ')})`;

/** The address of what is linked to. */
export function hrefOfLink({ kind, id }: { kind: string; id: string }): string {
  const found = linkKinds.find((one) => one.kind === kind);
  if (!found) throw new Error(`Nothing is said of links to a ${kind}.`);
  return `${found.path}/${id}`;
}
