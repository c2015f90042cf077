import { plural } from '../../web/format.js';
import type { ImportOutcome } from './bank-statements.service.js';

/** "2 lines added, 1 known already, 1 matched, 1 waiting.": what an import did, and what one should look at. */
export function outcomeInWords({ added, known, matched, waiting, warnings }: ImportOutcome): string {
  const said = [
    `${plural(added, 'line')} added`,
    ...(known > 0 ? [`${known} known already`] : []),
    `${matched} matched`,
    `${waiting} waiting`,
  ];
  return [`${said.join(', ')}.`, ...warnings].join(' ');
}
