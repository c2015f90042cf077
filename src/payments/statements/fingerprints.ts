import { createHash } from 'node:crypto';

/**
 * References for lines to which the bank gives none: a fingerprint of what the line says, and the how manyth in the file
 * that says it. So a file that is downloaded again, also with lines before or after, gives each line the same reference,
 * and two lines that say the same stay two.
 */
export class Fingerprints {
  private readonly seen = new Map<string, number>();

  of(account: string, said: object): string {
    const text = JSON.stringify(said, (_, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    const print = createHash('sha256').update(`${account} ${text}`).digest('hex').slice(0, 32);
    return `${print}-${this.count(print)}`;
  }

  /** The bank's own reference; where it stands on several lines of a file, the later ones are numbered. */
  ofBank(reference: string): string {
    const times = this.count(`bank ${reference}`);
    return times === 1 ? reference : `${reference}#${times}`;
  }

  private count(key: string): number {
    const times = (this.seen.get(key) ?? 0) + 1;
    this.seen.set(key, times);
    return times;
  }
}

const fingerprint = /^([0-9a-f]{8})[0-9a-f]{24}-(\d+)$/;

/** Whether a reference is ours, and says nothing to anybody. */
export const isFingerprint = (reference: string): boolean => fingerprint.test(reference);

/** What is recorded from a line is called by the bank’s reference; where there is none, by its day and a short print. */
export const recordedAs = ({ reference, bookedOn }: { reference: string; bookedOn: string }): string =>
  reference.replace(fingerprint, `${bookedOn} $1-$2`);
