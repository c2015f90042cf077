import { type Check, everyRow } from '../platform/verify/check.js';
import { escalation } from './reminder.rules.js';

const handedIn = `state IN ('submitted', 'accepted')`;
/** A correction counts from when it is accepted, and what it corrects until then. */
const counts = `stands AND r.state IN ('submitted', 'accepted')`;

/** What is always true of reporting. */
export const reportingChecks: Check[] = [
  everyRow(
    'the reporting periods of every grant follow each other from its first day to its last, due as agreed',
    `(SELECT r.id, r.corrects_id, r.number, r.period_from, r.period_to, r.due_on, r.late_after, q.first_period_from, q.last_period_to,
        q.due_after_days, q.terms ->> 'dueBy' AS due_by, (q.terms ->> 'graceDays')::int AS grace,
        row_number() OVER series AS place, lag(r.period_to) OVER series AS to_before,
        lead(r.period_from) OVER series AS from_after
      FROM spend_reports r JOIN requirements q ON q.id = r.requirement_id WHERE r.state <> 'withdrawn' AND r.stands
      WINDOW series AS (PARTITION BY r.requirement_id ORDER BY r.number)) AS report`,
    `number <> place OR (corrects_id IS NULL AND (late_after <> due_on + grace OR NOT CASE due_by
        WHEN 'days' THEN due_on = period_to + due_after_days
        WHEN 'workingDays' THEN due_on = period_to AND due_after_days = 0
          OR due_on >= period_to + due_after_days AND extract(isodow FROM due_on) <= 5
        ELSE date_trunc('month', due_on) = date_trunc('month', period_to) + interval '1 month'
          AND extract(isodow FROM due_on) <= 5 END))
      OR period_from <> coalesce(to_before + 1, first_period_from)
      OR (from_after IS NULL AND period_to <> last_period_to)`,
    `'report ' || id || ' from ' || period_from`,
  ),
  everyRow(
    'every report that was handed in closes with opening + received − spent, and spent is its lines',
    `(SELECT r.*, (SELECT coalesce(sum(l.amount), 0) FROM spend_lines l WHERE l.spend_report_id = r.id) AS lines
      FROM spend_reports r WHERE ${handedIn}) AS report`,
    `closing IS DISTINCT FROM opening + received - spent OR spent <> lines`,
    `'report ' || id || ' closes with ' || closing`,
  ),
  everyRow(
    'every report opens with what the one before closed with, and the first with nothing',
    `(SELECT r.id, r.state, r.opening, r.number, before.closing, before.state AS state_before
      FROM spend_reports r LEFT JOIN spend_reports before
        ON before.requirement_id = r.requirement_id AND before.number = r.number - 1 AND before.stands
      WHERE r.${handedIn}) AS report`,
    `opening IS DISTINCT FROM CASE WHEN number = 1 THEN 0 ELSE closing END
      OR (state = 'accepted' AND number > 1 AND state_before <> 'accepted')`,
    `'report ' || id || ' opens with ' || opening`,
  ),
  everyRow(
    'what was reported of a grant in all closes with everything received − everything spent',
    `(SELECT r.requirement_id, sum(r.received) - sum(r.spent) AS unspent,
        (array_agg(r.closing ORDER BY r.number DESC))[1] AS closing
      FROM spend_reports r WHERE r.${counts} GROUP BY r.requirement_id) AS series`,
    `closing <> unspent`,
    `'requirement ' || requirement_id || ' closes with ' || closing || ', not ' || unspent`,
  ),
  everyRow(
    'what a report received is the settled payments of its grant that it counts',
    `(SELECT r.id, r.received, coalesce(sum(d.amount), 0) AS paid,
        count(d.id) FILTER (WHERE d.grant_id <> r.grant_id OR d.state <> 'settled') AS strange
      FROM spend_reports r LEFT JOIN reported_disbursements x ON x.spend_report_id = r.id
      LEFT JOIN disbursements d ON d.id = x.disbursement_id WHERE r.${counts} GROUP BY r.id) AS report`,
    `received <> paid OR strange > 0`,
    `'report ' || id || ' received ' || received || ', payments ' || paid`,
  ),
  everyRow(
    'no payment of a reported period, recorded by then, is missing from the reports',
    `(SELECT d.id, x.id AS counted, EXISTS (SELECT 1 FROM spend_reports r WHERE r.grant_id = d.grant_id
        AND r.corrects_id IS NULL AND r.state IN ('submitted', 'accepted', 'superseded') AND d.paid_on <= r.period_to AND e.recorded_at < r.submitted_at) AS reported
      FROM disbursements d JOIN journal_entries e ON e.id = d.entry_id
      LEFT JOIN reported_disbursements x ON x.disbursement_id = d.id WHERE d.state = 'settled') AS payment`,
    `reported AND counted IS NULL`,
    `'disbursement ' || id`,
  ),
  everyRow(
    'every report has been planned its reminders and its escalation, each once',
    `(SELECT r.id, cardinality(q.ladder) + 1 AS agreed, count(o.id) AS planned
      FROM spend_reports r JOIN requirements q ON q.id = r.requirement_id
      LEFT JOIN occurrences o ON o.kind = 'report.remind' AND o.subject_id = r.id
        AND (o.period_key = '${escalation}' OR o.period_key ~ '^d[-+]?[0-9]+$')
      WHERE r.corrects_id IS NULL GROUP BY r.id, q.ladder) AS report`,
    `planned <> agreed`,
    `'report ' || id || ': ' || planned || ' of ' || agreed`,
  ),
  everyRow(
    'every reminder that was done was written, and no other was',
    `(SELECT o.id, o.state, EXISTS (SELECT 1 FROM mail_messages m WHERE m.cause_kind = 'report.remind'
        AND m.cause_id = o.subject_id AND m.cause_key = o.period_key) AS written
      FROM occurrences o WHERE o.kind = 'report.remind') AS reminder`,
    `written <> (state = 'done')`,
    `'occurrence ' || id || ' is ' || state`,
  ),
  everyRow(
    'no reminder waits for a report that was handed in or withdrawn',
    `occurrences o JOIN spend_reports r ON r.id = o.subject_id AND (r.${handedIn} OR r.state = 'withdrawn')`,
    `o.kind = 'report.remind' AND o.state = 'waiting'`,
    `'occurrence ' || o.id`,
  ),
  // A reminder that was being written while the report was handed in began a moment later, and was true.
  everyRow(
    'no reminder is written once its report was handed in',
    `mail_messages m JOIN spend_reports r ON r.id = m.cause_id AND m.cause_kind = 'report.remind' AND r.${handedIn}`,
    `m.created_at > r.submitted_at + interval '1 minute'`,
    `'mail ' || m.id`,
  ),
  everyRow(
    'every report that was superseded has one that corrects it, of the same period and what was received in it',
    `(SELECT r.id, r.state, r.number, r.period_from, r.period_to, r.received, r.requirement_id, c.number AS number_now,
        c.period_from AS from_now, c.period_to AS to_now, c.received AS received_now, c.state AS state_now,
        c.requirement_id AS requirement_now, c.id AS correction
      FROM spend_reports r LEFT JOIN spend_reports c ON c.corrects_id = r.id AND c.state <> 'withdrawn'
      WHERE r.state = 'superseded' OR c.id IS NOT NULL) AS report`,
    `CASE WHEN state = 'superseded' THEN coalesce(state_now NOT IN ('accepted', 'superseded'), true)
       ELSE state <> 'accepted' OR state_now IN ('accepted', 'superseded') END
     OR (number, period_from, period_to, requirement_id) IS DISTINCT FROM (number_now, from_now, to_now, requirement_now)
     OR received <> received_now`,
    `'report ' || id || ', corrected by ' || coalesce(correction::text, 'none')`,
  ),
  everyRow(
    'what was asked for at a field is done once the report is handed in again, and not before',
    `report_comments c JOIN spend_reports r ON r.id = c.spend_report_id`,
    `(c.done_at IS NULL AND r.state NOT IN ('returned', 'withdrawn')) OR c.done_at > r.submitted_at`,
    `'comment ' || c.id || ' on report ' || r.id`,
  ),
  everyRow(
    'what a report that counts says was read has become readings of it, and nothing before',
    `(SELECT q.spend_report_id, r.state, r.corrects_id, cell ->> 'value' AS value, cell ->> 'settled' AS settled,
        EXISTS (SELECT 1 FROM readings x WHERE (x.indicator_id = q.indicator_id OR x.measure_id = q.measure_id)
          AND x.period_key = cell ->> 'period' AND x.dimension = cell ->> 'dimension' AND x.category = cell ->> 'category'
          AND x.value = (cell ->> 'settled')::numeric) AS is_read
      FROM report_readings q JOIN spend_reports r ON r.id = q.spend_report_id
      CROSS JOIN LATERAL jsonb_array_elements(q.cells) AS cell) AS said`,
    `(settled IS NOT NULL AND NOT is_read) OR (value IS DISTINCT FROM settled
       AND (state IN ('accepted', 'superseded') OR (state = 'submitted' AND corrects_id IS NULL)))`,
    `'report ' || spend_report_id || ': ' || coalesce(value, 'nothing') || ', read as ' || coalesce(settled, 'nothing')`,
  ),
  everyRow(
    'every reading that came in a report is of one that was handed in, of a period that ends in its own',
    `readings x JOIN spend_reports r ON r.id = x.spend_report_id`,
    `r.state IN ('draft', 'withdrawn') OR (r.corrects_id IS NOT NULL AND r.state NOT IN ('accepted', 'superseded'))
      OR x.period_to NOT BETWEEN r.period_from AND r.period_to`,
    `'reading ' || x.id || ' of report ' || r.id`,
  ),
  everyRow(
    'what is attached to a report was attached before it was handed in',
    `report_attachments a JOIN spend_reports r ON r.id = a.spend_report_id`,
    `r.state IN ('submitted', 'accepted', 'superseded') AND a.added_at > r.submitted_at`,
    `'attachment ' || a.id || ' of report ' || r.id`,
  ),
  everyRow(
    'every report was reviewed by somebody else than who submitted it',
    `spend_reports`,
    `reviewed_by = submitted_by`,
    `'report ' || id`,
  ),
];
