/**
 * SQL: what an instalment (`i`) falls due after, as a `Trigger`, with its condition (`c`, left-joined); null where it has
 * had a date from the start. Kept after it has happened, so that one sees why the day is what it is.
 */
export const triggerOf = (i: string, c: string): string => `
  CASE WHEN ${i}.after_unit IS NOT NULL THEN jsonb_build_object('event', coalesce(${c}.kind, 'award'),
    'conditionId', ${i}.after_condition_id, 'subject', coalesce(${c}.subject, ''), 'onDay', ${c}.on_day,
    'matchAmount', ${c}.match_amount::text, 'count', ${i}.after_count, 'unit', ${i}.after_unit,
    'expectedOn', ${i}.expected_on) END`;
