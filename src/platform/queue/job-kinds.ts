/** Every kind of dated work. Each has exactly one handler, or the process does not start. */
export const OCCURRENCE_KINDS = [
  'instalment.due',
  'report.remind',
  'subscription.run',
  'report.make',
  'report.arrival',
  'pool.watch',
  'pledge.remind',
  'outcomeInvoice.remind',
  'substitute.due',
  'drawdownCall.remind',
  'condition.day',
  'reading.remind',
  'decision.close',
  'decision.remind',
  'mail.digest',
  'approval.remind',
  'condition.remind',
  'toolkit.remind',
] as const;
export type OccurrenceKind = (typeof OCCURRENCE_KINDS)[number];

/** Every topic of the outbox: what one room tells a later one. Each has exactly one handler too. */
export const TOPICS = [
  'contribution.received',
  'grant.awarded',
  'grant.amended',
  'grant.resumed',
  'report.accepted',
  'condition.ended',
  'condition.met',
  'decision.closed',
] as const;
export type Topic = (typeof TOPICS)[number];
