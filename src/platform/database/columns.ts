import type { ColumnOptions, ValueTransformer } from 'typeorm';

const minorUnits: ValueTransformer = {
  to: (value: bigint | null | undefined) =>
    value === undefined || value === null ? value : value.toString(),
  from: (value: string | bigint | null) => (value === null ? null : BigInt(value)),
};

/** Money in integer minor units. */
export const money: ColumnOptions = { type: 'bigint', transformer: minorUnits };

/** An instant, UTC. */
export const instant: ColumnOptions = { type: 'timestamptz' };

/** A calendar date, 'YYYY-MM-DD'. */
export const day: ColumnOptions = { type: 'date' };

export const optional = (column: ColumnOptions): ColumnOptions => ({ ...column, nullable: true });

/** An exact decimal, as text: never a float. */
export const decimal: ColumnOptions = { type: 'numeric' };
