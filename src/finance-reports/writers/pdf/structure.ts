import type { PDFDocument, StructureElement } from 'pdfmake/js/PDFDocument.js';

/** Where in the structure something that is drawn belongs: "this is a cell of that row". */
export interface Mark {
  type: string;
  element: StructureElement;
  /** The page it was drawn on first, of what is repeated on the pages after it. */
  repeatedFrom?: object | 'not yet';
}

/**
 * The order and the meaning of what stands on the pages, for who hears them read or turns them into something else.
 * What has no mark, such as lines and page numbers, is decoration.
 */
export class Structure {
  readonly root: Mark;

  constructor(private readonly document: PDFDocument) {
    this.root = { type: 'Document', element: document.struct('Document') };
    document.addStructure(this.root.element);
  }

  /** A new part at the end of another. */
  child(parent: Mark, type: string, options: Parameters<PDFDocument['struct']>[1] = {}): Mark {
    const element = this.document.struct(type, options);
    parent.element.add(element);
    return { type, element };
  }

  /** A heading of a column, which each page of its table repeats: it counts the first time. */
  heading(row: Mark): Mark {
    return { ...this.child(row, 'TH', { scope: 'Column' }), repeatedFrom: 'not yet' };
  }
}

/** Draws something as what its mark says; without one as decoration. */
export function drawMarked(document: PDFDocument, mark: Mark | undefined, draw: () => void): void {
  if (mark?.repeatedFrom === 'not yet') mark.repeatedFrom = document.page;
  const isRepeated = mark?.repeatedFrom !== undefined && mark.repeatedFrom !== document.page;
  if (!mark || isRepeated) {
    document.markContent('Artifact', { type: isRepeated ? 'Pagination' : 'Layout' });
    draw();
    document.endMarkedContent();
    return;
  }
  const content = document.markStructureContent(mark.type);
  draw();
  document.endMarkedContent();
  mark.element.add(content);
}
