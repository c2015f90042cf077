import type { ComponentChildren } from 'preact';
import { EmptyState, type EmptyStateProps } from './empty-state.js';

export interface Column<Row> {
  heading: string;
  /** `number` aligns right in tabular figures; `actions` is narrow, at the right, and not printed. */
  kind?: 'text' | 'number' | 'actions';
  cell: (row: Row, index: number) => ComponentChildren;
  /** What stands under this column at the foot: a total, or the words "Total". */
  foot?: ComponentChildren;
  /** Hidden on a phone. */
  wideOnly?: boolean;
  /** The list’s name for sorting by this column. */
  sort?: string;
}

/** How a list is sorted (`-dueOn` is the latest first), and the address that sorts it otherwise. */
export interface Sorting {
  current: string;
  hrefOf: (sort: string) => string;
}

export interface TableProps<Row> {
  /** Says what the table is, for those who hear it and those who print it. */
  caption: string;
  /** Shows the caption above the table; by default only screen readers get it. */
  captionVisible?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Where a row leads. Its first cell becomes the link, and the whole row is clickable. */
  rowHref?: (row: Row) => string | undefined;
  /** Marks a row: `muted` for what no longer counts, `attention` for what needs somebody. */
  rowTone?: (row: Row) => 'muted' | 'attention' | undefined;
  /** What to say, and to do next, when there are no rows. */
  empty?: EmptyStateProps;
  id?: string;
  /** With it, the headings of columns that have a `sort` are links. */
  sorting?: Sorting;
}

/** A table that reads well: sticky heading, figures aligned right, row as a link, totals at the foot. */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, captionVisible, columns, rows, empty, id, sorting } = props;
  if (rows.length === 0 && empty) return <EmptyState {...empty} />;
  const hasFoot = columns.some((column) => column.foot !== undefined);
  return (
    <div class="tb-table-wrap">
      <table class="table table-vcenter tb-table" id={id}>
        <caption class={captionVisible ? 'tb-caption' : 'visually-hidden'}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" class={columnClass(column)} aria-sort={sortedBy(column, sorting)}>
                <Heading column={column} sorting={sorting} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <BodyRow row={row} index={index} {...props} />
          ))}
        </tbody>
        {hasFoot && rows.length > 0 && (
          <tfoot>
            <tr>
              {columns.map((column) => (
                <td class={columnClass(column)}>{column.foot}</td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

function Heading<Row>({ column, sorting }: { column: Column<Row>; sorting?: Sorting }) {
  const { heading, kind, sort } = column;
  if (kind === 'actions') return <span class="visually-hidden">{heading}</span>;
  if (sort === undefined || sorting === undefined) return <>{heading}</>;
  const order = sortedBy(column, sorting);
  return (
    <a class="tb-sort" href={sorting.hrefOf(order === 'ascending' ? `-${sort}` : sort)}>
      {heading}
      <span aria-hidden="true">{order === 'ascending' ? ' ↑' : order === 'descending' ? ' ↓' : ''}</span>
    </a>
  );
}

function sortedBy<Row>(
  { sort }: Column<Row>,
  sorting: Sorting | undefined,
): 'ascending' | 'descending' | undefined {
  if (sort === undefined) return undefined;
  if (sorting?.current === sort) return 'ascending';
  return sorting?.current === `-${sort}` ? 'descending' : undefined;
}

function BodyRow<Row>({
  row,
  index,
  columns,
  rowHref,
  rowTone,
}: TableProps<Row> & { row: Row; index: number }) {
  const href = rowHref?.(row);
  const tone = rowTone?.(row);
  return (
    <tr
      class={[href ? 'tb-row-link' : '', tone ? `tb-row-${tone}` : ''].filter(Boolean).join(' ') || undefined}
    >
      {columns.map((column, position) => (
        <td class={columnClass(column)}>
          {href && position === 0 ? (
            <a class="tb-row-anchor" href={href}>
              {column.cell(row, index)}
            </a>
          ) : (
            column.cell(row, index)
          )}
        </td>
      ))}
    </tr>
  );
}

function columnClass<Row>({ kind = 'text', wideOnly }: Column<Row>): string | undefined {
  const classes = [kind === 'text' ? '' : `tb-col-${kind}`, wideOnly ? 'tb-col-wide' : ''].filter(Boolean);
  return classes.join(' ') || undefined;
}
