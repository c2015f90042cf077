/**
 * SQL that says whether the person who asks may see account numbers of a coalition in full: those who pay and those
 * who approve. `coalition` is an SQL expression.
 */
export const seesAccounts = (coalition: string): string => `EXISTS (
  SELECT 1 FROM memberships seat WHERE seat.coalition_id = ${coalition} AND seat.person_id = current_person()
    AND seat.role IN ('finance', 'approver')
    AND seat.since_on <= current_setting('app.today')::date
    AND (seat.until_on IS NULL OR seat.until_on >= current_setting('app.today')::date))`;
