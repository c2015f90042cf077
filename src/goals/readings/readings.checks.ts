import { type Check, everyRow } from '../../platform/verify/check.js';

const readByHand = `(SELECT id, name, formula, retired_at FROM indicators
  UNION ALL SELECT id, name, formula, retired_at FROM performance_measures) AS s`;

/** What is always true of readings, and of what is calculated from them. */
export const readingsChecks: Check[] = [
  everyRow(
    'nothing that is calculated was read by hand',
    `readings r LEFT JOIN indicators i ON i.id = r.indicator_id LEFT JOIN performance_measures m ON m.id = r.measure_id`,
    `i.formula IS NOT NULL OR m.formula IS NOT NULL`,
    `'reading ' || r.id`,
  ),
  everyRow(
    'every reading supersedes one of the same period and part, or is the first of it',
    `readings r LEFT JOIN readings e ON e.id = r.supersedes_id`,
    `CASE WHEN r.supersedes_id IS NULL THEN (SELECT count(*) FROM readings f WHERE f.supersedes_id IS NULL
       AND (f.indicator_id, f.measure_id, f.period_key, f.dimension, f.category)
         IS NOT DISTINCT FROM (r.indicator_id, r.measure_id, r.period_key, r.dimension, r.category)) <> 1
     ELSE (e.indicator_id, e.measure_id, e.period_key, e.dimension, e.category)
       IS DISTINCT FROM (r.indicator_id, r.measure_id, r.period_key, r.dimension, r.category) END`,
    `'reading ' || r.id`,
  ),
  everyRow(
    'indicators are calculated from indicators, performance measures from performance measures',
    `calculation_inputs c`,
    `(c.indicator_id IS NULL) <> (c.input_indicator_id IS NULL) OR (c.measure_id IS NULL) <> (c.input_measure_id IS NULL)`,
    `'input ' || c.id`,
  ),
  everyRow(
    'everything that is read by hand has its next reminder ahead of it',
    readByHand,
    `(s.formula IS NULL AND s.retired_at IS NULL) <> EXISTS (SELECT 1 FROM occurrences o
       WHERE o.kind = 'reading.remind' AND o.subject_id = s.id AND o.state = 'waiting')`,
    `s.name`,
  ),
];
