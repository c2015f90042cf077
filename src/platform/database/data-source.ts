import pg from 'pg';
import { DataSource, type MixedList } from 'typeorm';
import { SnakeNaming } from './naming.js';
import { PreparingClient } from './preparing-client.js';

const INT8 = 20;
const DATE = 1082;

/** int8 arrives as bigint and date as text: neither loses a digit or gains a time zone on the way. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary' && oid === INT8) return (text: string) => BigInt(text);
    if (format !== 'binary' && oid === DATE) return (text: string) => text;
    return pg.types.getTypeParser(oid, format) as (text: string) => unknown;
  },
};

export interface DataSourceSettings {
  url: string;
  applicationName: string;
  entities?: MixedList<new () => object>;
  migrations?: MixedList<new () => object>;
  poolSize?: number;
}

/** A connection pool. Nothing is synchronised: the schema is what the migrations say. */
export function createDataSource(settings: DataSourceSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url: settings.url,
    applicationName: settings.applicationName,
    entities: (settings.entities ?? []) as never,
    migrations: (settings.migrations ?? []) as never,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    poolSize: settings.poolSize ?? 10,
    extra: { types, connectionTimeoutMillis: 10_000, Client: PreparingClient },
  });
}
