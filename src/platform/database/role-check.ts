import type { DataSource } from 'typeorm';

interface Role {
  name: string;
  bypasses: boolean;
  owns: boolean;
  empty: boolean;
}

/**
 * Refuses to serve as a database role that row-level security would not hold: a superuser, one that bypasses
 * it, or one that owns a table. Refuses too while migrations are missing.
 */
export async function refuseUnsafeRole(source: DataSource): Promise<void> {
  const [role] = await source.query<Role[]>(`
    SELECT current_user AS name, r.rolsuper OR r.rolbypassrls AS bypasses,
      EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = 'public' AND c.relkind = 'r' AND pg_has_role(current_user, c.relowner, 'MEMBER')) AS owns,
      to_regclass('public.pools') IS NULL AS empty
    FROM pg_roles r WHERE r.rolname = current_user`);
  if (role?.empty) throw new Error('The database has no tables yet: run `npm run cli -- migrate` first.');
  if (!role || role.bypasses || role.owns) {
    throw new Error(
      `DATABASE_URL signs in as “${role?.name}”, which row-level security would not hold. ` +
        'Name the application’s own login there, and the owner in MIGRATION_DATABASE_URL.',
    );
  }
}
