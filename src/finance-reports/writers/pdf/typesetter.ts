import layoutBuilder from 'pdfmake/js/LayoutBuilder.js';
import pdfDocument, { type PDFDocument } from 'pdfmake/js/PDFDocument.js';
import renderer from 'pdfmake/js/Renderer.js';
import svgMeasure from 'pdfmake/js/SVGMeasure.js';
import { tableLayouts } from 'pdfmake/js/tableLayouts.js';
import { drawable, roboto } from '../fonts.js';
import { ink, type Node, rewriteText } from './nodes.js';
import { drawMarked, type Mark, Structure } from './structure.js';

/** A4, in points. */
const A4 = { short: 595.28, long: 841.89 };
const MARGINS = { left: 50, right: 50, top: 56, bottom: 56 };

export interface Paper {
  isLandscape: boolean;
  title: string;
  subject: string;
  created: Date;
  header: (page: number) => Node | null;
  footer: (page: number, pages: number) => Node;
}

/**
 * Sets what pdfmake lays out into a tagged PDF: its fonts embedded, with no clock and nothing from the net, so that the
 * same content gives the same bytes.
 */
export class Typesetter {
  readonly document: PDFDocument;
  readonly structure: Structure;
  /** The width between the margins, in points. */
  readonly width: number;

  constructor(private readonly paper: Paper) {
    this.width = widthOf(paper.isLandscape);
    this.document = new pdfDocument.default(
      { Roboto: { ...roboto } },
      {},
      {},
      {},
      {
        ...{ pdfVersion: '1.7', tagged: true, displayTitle: true, lang: 'en-GB', compress: true },
        ...{ autoFirstPage: false, fontLayoutCache: true, font: null },
        info: {
          ...{ Title: paper.title, Subject: paper.subject, Author: 'Tributary', Creator: 'Tributary' },
          ...{ Producer: 'pdfmake', CreationDate: paper.created, ModDate: paper.created },
        },
      },
    );
    this.structure = new Structure(this.document);
  }

  /** The whole document. It can be read once. */
  set(content: Node[]): PDFDocument {
    const { paper, document } = this;
    const [height, width] = paper.isLandscape ? [A4.short, A4.long] : [A4.long, A4.short];
    const orientation = paper.isLandscape ? 'landscape' : 'portrait';
    const drawn = (node: Node | null) => {
      if (node) rewriteText(node, drawable);
      return node;
    };
    const layout = new TaggedLayout({ width, height, orientation }, MARGINS, new svgMeasure.default());
    layout.registerTableLayouts(tableLayouts);
    const pages = layout.layoutDocument(
      content.map((node) => drawn(node)!),
      document,
      {},
      { font: 'Roboto', fontSize: 9.5, color: ink.text, lineHeight: 1.15 },
      undefined,
      (page) => drawn(paper.header(page)),
      (page, count) => drawn(paper.footer(page, count)),
    );
    new TaggedRenderer(document).renderPages(pages);
    document.end();
    return document;
  }
}

/** The width between the margins, in points. */
export const widthOf = (isLandscape: boolean): number =>
  (isLandscape ? A4.long : A4.short) - MARGINS.left - MARGINS.right;

interface Marked {
  mark?: Mark;
}

/** A line of text remembers what it is a line of. */
class TaggedLayout extends layoutBuilder.default {
  override buildNextLine(textNode: Marked): object | null {
    const line: Marked | null = super.buildNextLine(textNode);
    if (line && textNode.mark) line.mark = textNode.mark;
    return line;
  }
}

class TaggedRenderer extends renderer.default {
  override renderLine(line: Marked, x: number, y: number): void {
    drawMarked(this.pdfDocument, line.mark, () => super.renderLine(line, x, y));
  }

  override renderVector(vector: object): void {
    drawMarked(this.pdfDocument, undefined, () => super.renderVector(vector));
  }

  override renderSVG(svg: Marked): void {
    drawMarked(this.pdfDocument, svg.mark, () => super.renderSVG(svg));
  }
}
