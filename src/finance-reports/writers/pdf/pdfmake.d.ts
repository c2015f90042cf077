// What is used of pdfmake, which brings no types: its parts, so that what they draw can be tagged on the way.

declare module 'pdfmake/js/PDFDocument.js' {
  import type { Readable } from 'node:stream';

  /** An element of the structure: a heading, a table, a cell. */
  export interface StructureElement {
    add(child: StructureElement | StructureContent): StructureElement;
  }

  /** Something drawn that an element holds. */
  export interface StructureContent {
    readonly refs: unknown[];
  }

  export interface Font {
    widthOfString(text: string, size: number): number;
    font: { hasGlyphForCodePoint(codePoint: number): boolean };
  }

  export class PDFDocument extends Readable {
    constructor(
      fonts: Record<string, { normal: string; bold: string; italics: string; bolditalics: string }>,
      images: object,
      patterns: object,
      attachments: object,
      options: object,
    );
    page: object;
    provideFont(family: string, bold: boolean, italics: boolean): Font;
    struct(
      type: string,
      options?: { alt?: string; scope?: 'Column' | 'Row'; title?: string },
    ): StructureElement;
    addStructure(element: StructureElement): void;
    markStructureContent(type: string): StructureContent;
    markContent(tag: 'Artifact', options: { type: 'Layout' | 'Pagination' }): void;
    endMarkedContent(): void;
    end(): void;
  }

  const part: { default: typeof PDFDocument };
  export default part;
}

declare module 'pdfmake/js/LayoutBuilder.js' {
  import type { PDFDocument } from 'pdfmake/js/PDFDocument.js';

  export class LayoutBuilder {
    constructor(
      pageSize: { width: number; height: number; orientation: string },
      pageMargins: { left: number; top: number; right: number; bottom: number },
      svgMeasure: object,
    );
    registerTableLayouts(layouts: object): void;
    layoutDocument(
      content: object,
      document: PDFDocument,
      styles: object,
      defaultStyle: object,
      background: undefined,
      header: (page: number, pages: number) => object | null,
      footer: (page: number, pages: number) => object | null,
    ): object[];
    buildNextLine(textNode: object): object | null;
  }

  const part: { default: typeof LayoutBuilder };
  export default part;
}

declare module 'pdfmake/js/Renderer.js' {
  import type { PDFDocument } from 'pdfmake/js/PDFDocument.js';

  export class Renderer {
    constructor(document: PDFDocument);
    pdfDocument: PDFDocument;
    renderPages(pages: object[]): void;
    renderLine(line: object, x: number, y: number): void;
    renderVector(vector: object): void;
    renderSVG(svg: object): void;
  }

  const part: { default: typeof Renderer };
  export default part;
}

declare module 'pdfmake/js/SVGMeasure.js' {
  const part: { default: new () => object };
  export default part;
}

declare module 'pdfmake/js/tableLayouts.js' {
  export const tableLayouts: object;
}
