/** A column that is to be drawn, in points. */
export interface Measured {
  /** Figures and days are never broken; text is. */
  wraps: boolean;
  /** How wide the widest of its texts is, and of a figure the widest word of its heading. */
  natural: number;
  /** How wide the widest word is. */
  least: number;
  /** How wide its heading is in one line. */
  heading: number;
}

/** Between two columns, in points. */
export const GAP = 12;
const NARROWEST = 52;
const WIDEST = 260;
/** Headings of figures are set in one line as far as this, where there is room. */
const WIDEST_HEADING = 78;

const leastOf = ({ wraps, natural, least }: Measured): number =>
  wraps ? Math.min(natural, Math.max(NARROWEST, least)) : natural;

const wantedOf = (column: Measured): number =>
  column.wraps
    ? Math.max(leastOf(column), Math.min(column.natural, WIDEST))
    : Math.max(column.natural, Math.min(column.heading, WIDEST_HEADING));

/**
 * How wide columns are drawn in a width. What must not be broken is as wide as it is at least; text and headings share
 * what is left, by how much of it there is; what is over stands between the columns. Null where they do not fit.
 */
export function columnWidths(columns: readonly Measured[], available: number): number[] | null {
  const width = available - GAP * (columns.length - 1);
  const total = (of: (column: Measured) => number) => columns.reduce((sum, column) => sum + of(column), 0);
  const [least, wanted] = [total(leastOf), total(wantedOf)];
  if (width < least) return null;
  if (width < wanted) {
    const share = (width - least) / (wanted - least);
    return columns.map((column) => leastOf(column) + (wantedOf(column) - leastOf(column)) * share);
  }
  return columns.map((column) => wantedOf(column) * (width / wanted));
}
