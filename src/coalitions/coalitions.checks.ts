import { type Check, everyRow } from '../platform/verify/check.js';

/** Whether two dated rows share a day. */
const sharesADay = (a: string, b: string): string =>
  `daterange(${a}.since_on, ${a}.until_on, '[]') && daterange(${b}.since_on, ${b}.until_on, '[]')`;

/** What is always true of coalitions, their seats and their backbone. */
export const coalitionsChecks: Check[] = [
  everyRow(
    'every funder and partner speaks for an organisation of their coalition',
    `memberships m LEFT JOIN organisations o ON o.id = m.organisation_id AND o.coalition_id = m.coalition_id`,
    `m.role IN ('funder', 'partner') AND o.id IS NULL`,
    `'seat ' || m.id`,
  ),
  everyRow(
    'nobody holds the same seat twice at once',
    `(SELECT m.id, EXISTS (
        SELECT 1 FROM memberships n
        WHERE n.coalition_id = m.coalition_id AND n.person_id = m.person_id AND n.role = m.role
          AND n.organisation_id IS NOT DISTINCT FROM m.organisation_id AND n.id <> m.id AND ${sharesADay('n', 'm')}
      ) AS doubled FROM memberships m) AS seat`,
    `doubled`,
    `'seat ' || id`,
  ),
  everyRow(
    'one organisation at a time serves a coalition as its backbone',
    `(SELECT t.id, EXISTS (
        SELECT 1 FROM backbone_terms u
        WHERE u.coalition_id = t.coalition_id AND u.id <> t.id AND ${sharesADay('u', 't')}
      ) AS doubled FROM backbone_terms t) AS term`,
    `doubled`,
    `'backbone term ' || id`,
  ),
  everyRow(
    'no backbone organisation funds its coalition or is its grantee while it serves',
    `(SELECT t.id,
        EXISTS (SELECT 1 FROM memberships m WHERE m.organisation_id = t.organisation_id
          AND m.role IN ('funder', 'partner') AND ${sharesADay('m', 't')})
        OR t.until_on IS NULL AND (
          EXISTS (SELECT 1 FROM pledges p WHERE p.funder_id = t.organisation_id AND p.state IN ('draft', 'signed'))
          OR EXISTS (SELECT 1 FROM grants g WHERE g.organisation_id = t.organisation_id
            AND g.state NOT IN ('closed', 'declined', 'cancelled'))
        ) AS holds_money
      FROM backbone_terms t) AS term`,
    `holds_money`,
    `'backbone term ' || id`,
  ),
  everyRow(
    'every dated seat and term lies between 1900 and 2199, its end not before its beginning',
    `(SELECT 'seat ' || id AS what, since_on, until_on FROM memberships
      UNION ALL SELECT 'backbone term ' || id, since_on, until_on FROM backbone_terms) AS dated`,
    `since_on NOT BETWEEN '1900-01-01' AND '2199-12-31' OR until_on > '2199-12-31' OR until_on < since_on`,
    `what`,
  ),
  everyRow(
    'every coalition that somebody founded has a backbone seat that goes on',
    `(SELECT c.id, EXISTS (
        SELECT 1 FROM audit_events e WHERE e.coalition_id = c.id AND e.action = 'coalition.founded') AS founded,
        EXISTS (SELECT 1 FROM memberships m WHERE m.coalition_id = c.id AND m.role = 'backbone' AND m.until_on IS NULL)
          AS has_backbone FROM coalitions c) AS coalition`,
    `founded AND NOT has_backbone`,
    `'coalition ' || id`,
  ),
  everyRow(
    'nobody works for two organisations of a coalition at once',
    `(SELECT a.id, EXISTS (
        SELECT 1 FROM affiliations b
        WHERE b.coalition_id = a.coalition_id AND b.person_id = a.person_id AND b.id <> a.id AND ${sharesADay('b', 'a')}
      ) AS doubled FROM affiliations a) AS affiliation`,
    `doubled`,
    `'affiliation ' || id`,
  ),
];
