import type { Mark } from './structure.js';

/** What pdfmake lays out, as far as reports use it. */
export type Node = TextNode | StackNode | ColumnsNode | TableNode | SvgNode;

interface Placed {
  margin?: [left: number, top: number, right: number, bottom: number];
  pageBreak?: 'before';
  unbreakable?: boolean;
  width?: number | '*' | 'auto';
}

export interface Run {
  text: string;
  fontSize?: number;
  bold?: boolean;
  color?: string;
}

export interface TextNode extends Placed {
  text: string | Run[];
  mark?: Mark;
  fontSize?: number;
  bold?: boolean;
  italics?: boolean;
  color?: string;
  alignment?: 'left' | 'right' | 'center';
  lineHeight?: number;
  characterSpacing?: number;
  noWrap?: boolean;
  /** Named in the reader's table of contents. */
  outline?: boolean;
  outlineText?: string;
}

export interface StackNode extends Placed {
  stack: Node[];
}

export interface ColumnsNode extends Placed {
  columns: Node[];
  columnGap?: number;
}

export interface SvgNode extends Placed {
  svg: string;
  mark?: Mark;
  width: number;
}

export type TableCell = Node & { colSpan?: number; fillColor?: string; verticalAlignment?: 'bottom' };

export interface TableNode extends Placed {
  table: {
    widths: (number | '*' | 'auto')[];
    body: TableCell[][];
    headerRows?: number;
    keepWithHeaderRows?: number;
    dontBreakRows?: boolean;
  };
  layout: TableLayout;
}

export interface TableLayout {
  hLineWidth: (line: number) => number;
  vLineWidth: () => number;
  hLineColor: (line: number) => string;
  paddingLeft: (column: number) => number;
  paddingRight: (column: number) => number;
  paddingTop: (row: number) => number;
  paddingBottom: (row: number) => number;
}

/** The colours of reports on paper: those of the pages. */
export const ink = {
  text: '#172322',
  quiet: '#566766',
  accent: '#0d635d',
  onAccent: '#d3e8e5',
  tint: '#f0f5f4',
  line: '#dde5e4',
  bad: '#a3271f',
  badTint: '#fbe8e7',
} as const;

/** Every text of a node, and of those in it, made anew. */
export function rewriteText(node: Node, rewrite: (text: string) => string): void {
  if ('stack' in node) node.stack.forEach((child) => rewriteText(child, rewrite));
  else if ('columns' in node) node.columns.forEach((child) => rewriteText(child, rewrite));
  else if ('table' in node) node.table.body.flat().forEach((child) => rewriteText(child, rewrite));
  else if ('svg' in node) node.svg = rewrite(node.svg);
  else if (typeof node.text === 'string') node.text = rewrite(node.text);
  else if (Array.isArray(node.text)) node.text.forEach((run) => (run.text = rewrite(run.text)));
}
