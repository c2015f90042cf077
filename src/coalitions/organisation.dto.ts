import { PartialType } from '@nestjs/swagger';
import { Shown, ShownId, ShownInstant } from '../platform/http/answers.js';
import { Choice, Email, Text } from '../platform/http/fields.js';
import { ListQuery } from '../platform/http/list.js';
import { type Sector, sectors } from './organisation.entity.js';
import { neutralityNote, type OrganisationFacts } from './organisation.rules.js';

export class AddOrganisation {
  @Text({ example: 'Harbour Foundation' })
  name!: string;

  @Text({
    optional: true,
    max: 100,
    description: 'The register and the number there (org-id.guide)',
    example: 'GB-CHC-1094112',
  })
  orgId?: string | null;

  @Choice(sectors, { description: 'Third sector, public body, or private company' })
  sector!: Sector;

  @Email({ optional: true, description: 'Where reminders and statements go', example: 'grants@example.org' })
  email?: string | null;
}

/** What is not named stays as it is; what is null is forgotten. */
export class ChangeOrganisation extends PartialType(AddOrganisation, { skipNullProperties: false }) {}

export class OrganisationsQuery extends ListQuery {
  @Text({ optional: true, max: 100, description: 'A part of the name' })
  name?: string;

  @Choice(sectors, { optional: true })
  sector?: Sector;

  @Text({ optional: true, max: 100 })
  orgId?: string;
}

export class OrganisationAnswer {
  @ShownId()
  id!: string;

  @ShownId()
  coalitionId!: string;

  @Shown({ example: 'Harbour Foundation' })
  name!: string;

  @Shown({ type: String, nullable: true, example: 'GB-CHC-1094112' })
  orgId!: string | null;

  @Shown({ enum: sectors })
  sector!: Sector;

  @Shown({ type: String, nullable: true, example: 'grants@example.org' })
  email!: string | null;

  @Shown({ description: 'Serves the coalition as its backbone today' })
  isBackbone!: boolean;

  @Shown({
    type: String,
    nullable: true,
    description: 'What members should know when the backbone is not of the third sector',
  })
  neutralityNote!: string | null;

  @ShownInstant()
  createdAt!: string;

  @Shown({ type: 'integer' })
  version!: number;
}

/** An organisation as it is read from the database. */
export interface OrganisationRow extends OrganisationFacts {
  id: string;
  coalitionId: string;
  isBackbone: boolean;
  createdAt: Date;
  version: number;
}

export const toOrganisationAnswer = (row: OrganisationRow): OrganisationAnswer => ({
  id: row.id,
  coalitionId: row.coalitionId,
  name: row.name,
  orgId: row.orgId,
  sector: row.sector,
  email: row.email,
  isBackbone: row.isBackbone,
  neutralityNote: row.isBackbone ? neutralityNote(row) : null,
  createdAt: row.createdAt.toISOString(),
  version: row.version,
});
