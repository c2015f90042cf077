import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { organisationChoices } from '../../coalitions/organisation-choices.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Allow } from '../../platform/http/access.js';
import { PoolsService } from '../../pools/pools.service.js';
import type { Option } from '../../web/forms/fields.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { BondFormPage, type BondFormView, isAmendment, titleOf } from './bond-form.js';
import { bondHeading } from './bond-frame.js';
import { readBond, versionUnderWay } from './bonds.read.js';
import { BondsService } from './bonds.service.js';
import { AmendmentForm, BondChangeForm, BondForm, termsShape } from './terms-form.dto.js';
import { formValuesOf, placedInForm, termsInputOf } from './terms-form-mapping.js';
import { usualTerms } from './terms-form.js';

/** What the form belongs to: a pool, for a new bond, or the bond whose draft is changed. */
type Subject = { poolId: string } | { bondId: string };

@Controller()
export class BondDraftsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly pools: PoolsService,
    private readonly bonds: BondsService,
  ) {}

  @Get('pools/:poolId/bonds/new')
  @Allow('pool', 'backbone', 'finance')
  async form(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    await this.draw(reply, { poolId });
  }

  @Post('pools/:poolId/bonds')
  @Allow('pool', 'backbone', 'finance')
  async draft(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const { pool, coalitionId } = await this.viewOf(reply, { poolId });
    await this.pages.submit(reply, {
      input: BondForm,
      shape: termsShape(pool.currency),
      work: (tx, form) =>
        placedInForm(form, async () => {
          const { reference, title, providerId } = form;
          const command = { poolId, reference, title, providerId, terms: termsInputOf(form) };
          return this.bonds.draft(tx, coalitionId, command);
        }),
      done: ({ bond, problems }) => ({
        to: `/bonds/${bond.id}`,
        say: saved(bond.reference, problems.length),
      }),
      again: (refusal) => this.draw(reply, { poolId }, refusal),
    });
  }

  @Get('bonds/:bondId/edit')
  @Allow('bond', 'backbone', 'finance')
  async edit(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.draw(reply, { bondId });
  }

  @Post('bonds/:bondId')
  @Allow('bond', 'backbone', 'finance')
  async change(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    const view = await this.viewOf(reply, { bondId });
    const shared = {
      shape: termsShape(view.pool.currency),
      again: (refusal: Refusal) => this.draw(reply, { bondId }, refusal),
    };
    const done = ({ bond, problems }: { bond: { reference: string }; problems: readonly unknown[] }) => ({
      ...{ to: `/bonds/${bondId}`, say: saved(bond.reference, problems.length) },
    });
    if (isAmendment(view)) {
      await this.pages.submit(reply, {
        ...shared,
        input: AmendmentForm,
        done,
        work: (tx, form) =>
          placedInForm(form, async () => {
            const command = { reason: form.reason, terms: termsInputOf(form) };
            return this.bonds.change(tx, bondId, form.version, command);
          }),
      });
      return;
    }
    await this.pages.submit(reply, {
      ...shared,
      input: BondChangeForm,
      done,
      work: (tx, form) =>
        placedInForm(form, async () => {
          const { reference, title, providerId } = form;
          const command = { reference, title, providerId, terms: termsInputOf(form) };
          return this.bonds.change(tx, bondId, form.version, command);
        }),
    });
  }

  private async draw(reply: FastifyReply, subject: Subject, refusal?: Refusal): Promise<void> {
    const view = await this.viewOf(reply, subject);
    const title = titleOf(view);
    const heading = view.draft
      ? bondHeading(view.draft.bond, 'Change')
      : {
          title,
          section: 'bonds' as const,
          crumbs: [{ label: 'Bonds', href: coalitionPath(view.coalitionId, 'bonds') }, { label: title }],
        };
    await this.pages.show(reply, heading, (page) => (
      <BondFormPage
        page={page}
        view={view}
        values={refusal?.values ?? valuesOf(view)}
        errors={refusal?.errors}
        detail={refusal?.detail}
      />
    ));
  }

  private viewOf(reply: FastifyReply, subject: Subject): Promise<BondFormView> {
    return inSnapshot(this.db, actorOf(reply), (tx) => this.readView(tx, subject));
  }

  /** @throws stateForbids when no version of the bond is drafted */
  private async readView(tx: Tx, subject: Subject): Promise<BondFormView> {
    const bond = 'bondId' in subject ? await readBond(tx, subject.bondId) : undefined;
    const version = bond && (await versionUnderWay(tx, bond.id));
    if (bond && (version?.state !== 'draft' || bond.state === 'cancelled')) {
      throw new DomainError(
        'stateForbids',
        'No version of this contract is drafted, so there is nothing to change.',
      );
    }
    const pool = await this.pools.get(tx, 'poolId' in subject ? subject.poolId : bond!.poolId);
    const { coalitionId } = pool;
    const { today } = await coalitionCalendar(tx, coalitionId);
    return {
      coalitionId,
      pool,
      currency: pool.currency,
      draft: bond && version && { bond, version },
      organisations: await organisationChoices(tx, coalitionId),
      people: await seatedChoices(tx, coalitionId, today),
      today,
    };
  }
}

const saved = (reference: string, problems: number): string =>
  problems === 0
    ? `${reference} is saved, and may be proposed.`
    : `${reference} is saved. What is still missing stands beside it.`;

function valuesOf({ draft }: BondFormView): Record<string, unknown> {
  if (!draft) return usualTerms;
  const { bond, version } = draft;
  const { reference, title, providerId } = bond;
  return {
    ...formValuesOf(version.terms),
    ...{ reference, title, providerId, reason: version.reason, version: String(bond.version) },
  };
}

/** The people who have a seat in the coalition, or will. */
const seatedChoices = (tx: Tx, coalitionId: string, today: string): Promise<Option[]> =>
  tx.rows<Option>(
    `SELECT p.id AS value, p.name AS label FROM persons p WHERE EXISTS (
       SELECT 1 FROM memberships m WHERE m.person_id = p.id AND m.coalition_id = $1
         AND (m.until_on IS NULL OR m.until_on >= $2)) ORDER BY p.name LIMIT 5000`,
    [coalitionId, today],
  );
