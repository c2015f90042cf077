import { fieldError } from '../../platform/errors/domain-error.js';
import type { FindingInput } from './claim.dto.js';
import type { acceptedOf, Reached, Verdict } from './claim.rules.js';
import type { ClaimLine } from './claims.read.js';

/** A line of a claim, what the verifier says of it, and what is paid for of it by that. */
export interface FoundLine {
  line: ClaimLine;
  finding: FindingInput;
  accepted: Reached;
}

/**
 * What was found of each line of a claim, in the order of the lines. `decide` says what is accepted by a finding; people
 * are named by their keys.
 * @throws ruleBroken naming the finding: one is missing, or too many, or not for its line
 */
export function foundOf(
  lines: readonly ClaimLine[],
  findings: readonly FindingInput[],
  decide: typeof acceptedOf,
): FoundLine[] {
  const found = lines.map((line, index): FoundLine => {
    const at = findings.findIndex(({ lineId }) => lineId === line.id);
    const finding = findings[at];
    if (!finding) {
      const sentence = `Say what you found of line ${line.number}, “${line.metric}”.`;
      throw fieldError('ruleBroken', `/lines/${index}`, sentence);
    }
    const claimed = { ...line, people: line.people.map(({ key }) => key) };
    const { verdict, quantity = null, value = null, notAccepted = [], reason = null } = finding;
    const said = { verdict: verdict as Verdict, quantity, value, notAccepted, reason };
    return { line, finding, accepted: decide(claimed, said, `/lines/${at}`) };
  });
  if (findings.length > lines.length)
    throw fieldError('ruleBroken', '/lines', 'A line is named that is not of this claim, or named twice.');
  return found;
}
