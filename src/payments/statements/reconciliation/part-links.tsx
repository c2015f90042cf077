import { documentPath } from '../../../pools/journal/document-path.js';
import type { MatchedPart } from '../matching/bank-lines.read.js';

/** "payment", "bank charge": what a part of a line is, in a word. */
export const partWord = (kind: string): string =>
  kind === 'disbursement' ? 'payment' : kind.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);

/** What a line was found to be, each the way to it. */
export function PartLinks({ parts }: { parts: readonly MatchedPart[] }) {
  return (
    <>
      {parts.map(({ kind, id }, index) => {
        const href = documentPath(kind, id);
        return (
          <>
            {index > 0 && ', '}
            {href === undefined ? partWord(kind) : <a href={href}>{partWord(kind)}</a>}
          </>
        );
      })}
    </>
  );
}
