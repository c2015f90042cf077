import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource, type EntityMetadata } from 'typeorm';
import { TestApp } from '../support/app.js';

interface ColumnRow {
  table: string;
  column: string;
  type: string;
  isArray: boolean;
  nullable: boolean;
}

/** PostgreSQL's names of the types that entities name in their own way. */
const typeNames: Record<string, string> = {
  timestamptz: 'timestamp with time zone',
  int: 'integer',
  varchar: 'character varying',
  bool: 'boolean',
};

let app: TestApp;
let entities: EntityMetadata[];
let columns: ColumnRow[];

beforeAll(async () => {
  app = await TestApp.start();
  entities = app.nest.get(DataSource).entityMetadatas;
  columns = await app.rows<ColumnRow>(
    `SELECT table_name AS table, column_name AS column,
       CASE WHEN data_type = 'ARRAY' THEN substr(udt_name, 2) ELSE data_type END AS type,
       data_type = 'ARRAY' AS "isArray", is_nullable = 'YES' AS nullable
     FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`,
  );
});

afterAll(() => app.stop());

describe('entities and the schema', () => {
  it('every room has brought its entities along', () => {
    expect(entities.map(({ tableName }) => tableName)).toEqual(
      expect.arrayContaining([
        'coalitions',
        'pools',
        'pledges',
        'contributions',
        'grants',
        'instalments',
        'disbursements',
      ]),
    );
  });

  it('agree on every column, its type and whether it may be absent', () => {
    for (const entity of entities) {
      const said = entity.columns
        .map((column) => ({
          table: entity.tableName,
          column: column.databaseName,
          type: typeName(column.type),
          isArray: column.isArray,
          nullable: column.isNullable,
        }))
        .sort((a, b) => (a.column < b.column ? -1 : 1));
      const there = columns.filter(({ table }) => table === entity.tableName);
      expect(said).toEqual(there.map((column) => ({ ...column, type: arrayAlias(column.type) })));
    }
  });
});

function typeName(type: unknown): string {
  if (type === String) return 'text';
  if (type === Boolean) return 'boolean';
  if (type === Number) return 'integer';
  return typeNames[String(type)] ?? String(type);
}

const arrayAlias = (type: string): string => ({ int4: 'integer' })[type] ?? type;
