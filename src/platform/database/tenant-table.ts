/** The group role that every application login belongs to. It owns nothing and bypasses nothing. */
export const APPLICATION_ROLE = 'tributary_application';

type Privilege = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

/**
 * SQL for a tenant table: its columns, the coalition it belongs to, and the row-level security that keeps
 * it there. `(coalition_id, id)` is unique so that other tables can refer to it by a composite foreign key,
 * which makes a reference across coalitions impossible.
 *
 * @param privileges what the application may do; leave out UPDATE and DELETE for what is append-only.
 */
export function tenantTable(name: string, columns: string, privileges: Privilege[]): string {
  return `
    CREATE TABLE ${name} (
      id uuid PRIMARY KEY DEFAULT uuidv7(),
      coalition_id uuid NOT NULL REFERENCES coalitions (id),
      ${columns.trim()},
      UNIQUE (coalition_id, id)
    );
    ${rowSecurity(name, 'coalition_id = ANY (visible_coalitions())', privileges)}
  `;
}

/** SQL that forces row-level security on a table: `visible` says which rows the application may touch. */
export function rowSecurity(name: string, visible: string, privileges: Privilege[]): string {
  // The scalar sub-select in visible_coalitions() is folded once per query; the owner's own policy exists
  // for migrations and `verify`, which the application's login cannot reach.
  const once = visible.replace('visible_coalitions()', '(SELECT visible_coalitions())::uuid[]');
  return `
    ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${name} FORCE ROW LEVEL SECURITY;
    CREATE POLICY ${name}_visible ON ${name} TO ${APPLICATION_ROLE} USING (${once}) WITH CHECK (${once});
    CREATE POLICY ${name}_owner ON ${name} TO CURRENT_USER USING (true) WITH CHECK (true);
    GRANT ${privileges.join(', ')} ON ${name} TO ${APPLICATION_ROLE};
  `;
}

/** SQL for a foreign key that stays inside the coalition. */
export function within(column: string, table: string): string {
  return `FOREIGN KEY (coalition_id, ${column}) REFERENCES ${table} (coalition_id, id)`;
}
