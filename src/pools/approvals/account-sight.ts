/**
 * SQL that says whether the person who asks may see account numbers of a coalition in full: those who pay, those who
 * approve, and who signs in an approver's stead. `coalition` is an SQL expression.
 */
export const seesAccounts = (coalition: string): string => `(EXISTS (
  SELECT 1 FROM memberships seat WHERE seat.coalition_id = ${coalition} AND seat.person_id = current_person()
    AND seat.role IN ('finance', 'approver')
    AND seat.since_on <= current_setting('app.today')::date
    AND (seat.until_on IS NULL OR seat.until_on >= current_setting('app.today')::date))
  OR EXISTS (
  SELECT 1 FROM approval_delegations stead WHERE stead.coalition_id = ${coalition}
    AND stead.delegate_id = current_person() AND stead.ended_at IS NULL
    AND current_setting('app.today')::date BETWEEN stead.since_on AND stead.until_on))`;
