import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, notFound } from '../platform/errors/domain-error.js';
import { containing, listPage, type Page } from '../platform/http/list.js';
import { coalitionCalendar } from './coalition.js';
import {
  type AddOrganisation,
  type ChangeOrganisation,
  type OrganisationAnswer,
  type OrganisationRow,
  type OrganisationsQuery,
  toOrganisationAnswer,
} from './organisation.dto.js';
import { changedFacts, type OrganisationFacts, refuseOddOrgId } from './organisation.rules.js';

/** $1 is the coalition, $2 its today. */
const organisations = `
  SELECT o.id, o.coalition_id AS "coalitionId", o.name, o.org_id AS "orgId", o.sector, o.email,
    o.created_at AS "createdAt", o.version,
    EXISTS (SELECT 1 FROM backbone_terms t WHERE t.organisation_id = o.id AND t.since_on <= $2
      AND (t.until_on IS NULL OR t.until_on >= $2)) AS "isBackbone"
  FROM organisations o WHERE o.coalition_id = $1`;

/** The organisations of a coalition: its funders, partners, backbone and whoever else it deals with. */
@Injectable()
export class OrganisationsService {
  /** @throws alreadyExists where the coalition has one of that name or org-id, ruleBroken on an odd org-id */
  async add(tx: Tx, coalitionId: string, command: AddOrganisation): Promise<OrganisationAnswer> {
    const { name, sector, orgId = null, email = null } = command;
    refuseOddOrgId(orgId);
    await refuseTwin(tx, coalitionId, null, { name, orgId });
    const id = newId();
    await tx.run(
      `INSERT INTO organisations (id, coalition_id, name, org_id, sector, email, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, coalitionId, name, orgId, sector, email, tx.now],
    );
    await audit(tx, {
      coalitionId,
      action: 'organisation.added',
      subject: { kind: 'organisation', id },
      after: { name, orgId, sector, email },
    });
    return this.read(tx, id);
  }

  async read(tx: Tx, organisationId: string): Promise<OrganisationAnswer> {
    const home = await tx.row<{ coalitionId: string }>(
      `SELECT coalition_id AS "coalitionId" FROM organisations WHERE id = $1`,
      [organisationId],
    );
    if (!home) throw notFound('organisation');
    const { today } = await coalitionCalendar(tx, home.coalitionId);
    const row = await tx.row<OrganisationRow>(`${organisations} AND o.id = $3`, [
      home.coalitionId,
      today,
      organisationId,
    ]);
    if (!row) throw notFound('organisation');
    return toOrganisationAnswer(row);
  }

  async list(tx: Tx, coalitionId: string, query: OrganisationsQuery): Promise<Page<OrganisationAnswer>> {
    const { today } = await coalitionCalendar(tx, coalitionId);
    const page = await listPage<OrganisationRow>(
      tx,
      {
        sql: `${organisations} AND ($3::text IS NULL OR o.sector = $3) AND ($4::text IS NULL OR o.org_id = $4)
          AND ($5::text IS NULL OR o.name ILIKE $5)`,
        parameters: [coalitionId, today, query.sector ?? null, query.orgId ?? null, containing(query.name)],
        sorts: {
          name: { column: 'name', type: 'text' },
          sector: { column: 'sector', type: 'text' },
          createdAt: { column: '"createdAt"', type: 'timestamptz' },
        },
        defaultSort: 'name',
      },
      query,
    );
    return { ...page, items: page.items.map(toOrganisationAnswer) };
  }

  /** @throws staleVersion, alreadyExists, ruleBroken on an odd org-id */
  async change(
    tx: Tx,
    organisationId: string,
    version: number,
    command: ChangeOrganisation,
  ): Promise<OrganisationAnswer> {
    const before = await tx.row<OrganisationFacts & { coalitionId: string }>(
      `SELECT coalition_id AS "coalitionId", name, org_id AS "orgId", sector, email FROM organisations WHERE id = $1`,
      [organisationId],
    );
    if (!before) throw notFound('organisation');
    const { coalitionId, ...facts } = before;
    const after = changedFacts(facts, command);
    await refuseTwin(tx, coalitionId, organisationId, after);
    const changed = await tx.run(
      `UPDATE organisations SET name = $3, org_id = $4, sector = $5, email = $6, version = version + 1
       WHERE id = $1 AND version = $2`,
      [organisationId, version, after.name, after.orgId, after.sector, after.email],
    );
    if (changed !== 1) {
      throw new DomainError('staleVersion', 'Somebody changed the organisation meanwhile. Read it again.');
    }
    await audit(tx, {
      coalitionId,
      action: 'organisation.changed',
      subject: { kind: 'organisation', id: organisationId },
      before: facts,
      after,
    });
    return this.read(tx, organisationId);
  }
}

/** Says which organisation has the name or org-id already; the table's own rule settles a race. */
async function refuseTwin(
  tx: Tx,
  coalitionId: string,
  ownId: string | null,
  { name, orgId }: Pick<OrganisationFacts, 'name' | 'orgId'>,
): Promise<void> {
  const twin = await tx.row<{ name: string; orgId: string | null }>(
    `SELECT name, org_id AS "orgId" FROM organisations
     WHERE coalition_id = $1 AND id IS DISTINCT FROM $2 AND (name = $3 OR org_id = $4)
     ORDER BY (name = $3) DESC LIMIT 1`,
    [coalitionId, ownId, name, orgId],
  );
  if (!twin) return;
  const field = twin.name === name ? 'name' : 'orgId';
  const message =
    field === 'name'
      ? `The coalition has an organisation called ${name} already.`
      : `${twin.name} has the org-id ${orgId ?? ''} already.`;
  throw new DomainError('alreadyExists', message, [{ pointer: `/${field}`, code: 'alreadyExists', message }]);
}
