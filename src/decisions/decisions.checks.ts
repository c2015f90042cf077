import { type Check, everyRow } from '../platform/verify/check.js';

/** The weight of those on the roll of `d` who are not recused, and for whom `holds`. */
const weight = (holds: string): string => `
  (SELECT coalesce(sum(v.weight), 0) FROM decision_voters v
   LEFT JOIN decision_ballots b ON b.decision_id = v.decision_id AND b.person_id = v.person_id
     AND NOT EXISTS (SELECT 1 FROM decision_ballots n WHERE n.supersedes_id = b.id)
   WHERE v.decision_id = d.id AND ${holds}
     AND NOT EXISTS (SELECT 1 FROM decision_recusals r WHERE r.decision_id = d.id AND r.person_id = v.person_id))`;

/** What is always true of decisions: their results can be made again, and nobody voted who may not. */
export const decisionsChecks: Check[] = [
  everyRow(
    'every result of a vote is what its roll, recusals and ballots come to',
    `(SELECT d.id, d.state IN ('passed', 'failed', 'noQuorum') AND (
        (d.result -> 'entitled' ->> 'weight')::numeric IS DISTINCT FROM ${weight('true')}
        OR (d.result -> 'voted' ->> 'weight')::numeric IS DISTINCT FROM ${weight('b.id IS NOT NULL')}
        OR (d.result -> 'abstained' ->> 'weight')::numeric IS DISTINCT FROM ${weight('b.choice = 0')}
        OR EXISTS (SELECT 1 FROM generate_series(1, cardinality(d.options)) AS option
          WHERE (d.result -> 'options' -> (option - 1) ->> 'weight')::numeric IS DISTINCT FROM ${weight('b.choice = option')})
      ) AS differs FROM decisions d) AS decision`,
    `differs`,
    `'decision ' || id`,
  ),
  everyRow(
    'no ballot is of the backbone, and none lies outside its vote',
    `decision_ballots b JOIN decisions d ON d.id = b.decision_id`,
    `b.at < d.opened_at OR b.at >= d.closes_at OR b.at > coalesce(d.closed_at, b.at)
     OR EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = b.person_id AND m.coalition_id = b.coalition_id
       AND m.role = 'backbone' AND m.since_on <= (b.at AT TIME ZONE 'UTC')::date
       AND (m.until_on IS NULL OR m.until_on >= (b.at AT TIME ZONE 'UTC')::date)
       AND NOT EXISTS (SELECT 1 FROM audit_events e WHERE e.action = 'membership.given' AND e.subject_id = m.id AND e.at > b.at))`,
    `'ballot ' || b.id`,
  ),
  everyRow(
    'every vote that is open has its close ahead of it, and no other has',
    `decisions d LEFT JOIN occurrences o ON o.kind = 'decision.close' AND o.subject_id = d.id AND o.state = 'waiting'`,
    `(d.state = 'open') <> (o.id IS NOT NULL)`,
    `'decision ' || d.id`,
  ),
  everyRow(
    'every decision that opened a door had passed, and was about it',
    `decision_uses u JOIN decisions d ON d.id = u.decision_id`,
    `d.state <> 'passed' OR d.subject_kind <> u.subject_kind OR d.subject_id <> u.subject_id OR d.closed_at > u.used_at`,
    `'decision ' || d.id`,
  ),
];
