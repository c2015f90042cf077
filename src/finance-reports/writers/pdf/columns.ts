/** A column that is to be drawn: each text of it, and how wide it is at most and on the whole. */
export interface Measured {
  /** Figures and days are never broken; text is. */
  wraps: boolean;
  /** In points, of the widest of its texts. */
  natural: number;
  /** In points, of the widest word. */
  least: number;
}

/** Between two columns, in points. */
export const GAP = 12;
const NARROWEST = 52;
const WIDEST = 260;

/**
 * How wide columns are drawn in a width. What must not be broken is as wide as it is; text shares what is left, by how
 * much of it there is. Null where they do not fit.
 */
export function columnWidths(columns: readonly Measured[], available: number): number[] | null {
  const gaps = GAP * (columns.length - 1);
  const figures = columns.filter(({ wraps }) => !wraps).reduce((total, { natural }) => total + natural, 0);
  const texts = columns.filter(({ wraps }) => wraps);
  const rest = available - gaps - figures;
  const leastOf = ({ natural, least }: Measured) => Math.min(natural, Math.max(NARROWEST, least));
  const wantedOf = ({ natural, least }: Measured) =>
    Math.max(leastOf({ natural, least, wraps: true }), Math.min(natural, WIDEST));
  const least = texts.reduce((total, text) => total + leastOf(text), 0);
  const wanted = texts.reduce((total, text) => total + wantedOf(text), 0);
  if (rest < least) return null;
  if (rest >= wanted) {
    // What is over stands between the columns, most of it after the first: figures stay at the right.
    const first = texts[0] ?? columns[0];
    return columns.map((column) => {
      const width = column.wraps ? wantedOf(column) : column.natural;
      return column === first ? width + rest - wanted : width;
    });
  }
  const share = wanted > least ? (rest - least) / (wanted - least) : 0;
  return columns.map((column) =>
    column.wraps ? leastOf(column) + (wantedOf(column) - leastOf(column)) * share : column.natural,
  );
}
