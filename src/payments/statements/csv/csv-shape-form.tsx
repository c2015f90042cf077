import { Card } from '../../../web/components/card.js';
import { delimiters, encodings } from './csv-mapping.rules.js';
import type { CsvMappingView } from './csv-mapping-page.js';

export const delimiterWords = {
  comma: 'commas',
  semicolon: 'semicolons',
  tab: 'tabs',
  pipe: 'bars ( | )',
} as const;
export const encodingWords = { 'utf-8': 'UTF-8', 'latin-1': 'Latin-1 (Windows)' } as const;

/** How the file is cut into cells: guessed, and read again when it was guessed wrong. */
export function ShapeForm({ view: { pool, sample } }: { view: CsvMappingView }) {
  const { delimiter, encoding, headingLine } = sample!.shape;
  return (
    <Card
      title="How the file is written"
      note="Guessed from its beginning. Wrong? Say it, and read it again."
    >
      <form class="tb-csv-shape" method="get" action={`/pools/${pool.id}/csv-mappings/new`}>
        <label>
          <span class="form-label">Cells apart by</span>
          <select class="form-select" name="delimiter">
            {delimiters.map((each) => (
              <option value={each} selected={each === delimiter}>
                {delimiterWords[each]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class="form-label">Letters in</span>
          <select class="form-select" name="encoding">
            {encodings.map((each) => (
              <option value={each} selected={each === encoding}>
                {encodingWords[each]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class="form-label">Heading in line (0: none)</span>
          <input
            class="form-control"
            type="number"
            name="headingLine"
            min="0"
            max="100"
            value={String(headingLine)}
          />
        </label>
        <button class="btn" type="submit">
          Read it again
        </button>
      </form>
    </Card>
  );
}
