import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { readKeyChoice } from '../../decisions/decision-key-field.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, notFound } from '../../platform/errors/domain-error.js';
import { Allow, members, overseers } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { conditionsOfGrant } from '../conditions/conditions.read.js';
import { requireStep } from '../grant.rules.js';
import { type GrantRow, readGrant } from '../grants.read.js';
import {
  GrantAmendmentForm,
  GrantAmendmentPreviewForm,
  AmendmentQuery,
  amendmentShape,
  amendmentValues,
  commandOf,
} from './amendment-form.dto.js';
import { AmendKindsPage, AmendPage, type AmendView } from './amend-page.js';
import { AmendmentPage } from './amendment-page.js';
import { type AmendmentKind, amendmentKinds, type Replay } from './amendment.rules.js';
import { amendmentAskedFor, readTerms, readVersion } from './amendments.read.js';
import { AmendmentsService } from './amendments.service.js';

/** What stands in the fields when the form is drawn again, what to say of it, and what it would come to. */
interface Drawn {
  values: Refusal['values'];
  refusal?: Refusal;
  result?: Replay;
}

@Controller('grants/:grantId')
export class AmendmentsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly amendments: AmendmentsService,
  ) {}

  @Get('amend')
  @Allow('grant', 'backbone', 'finance')
  async form(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    const { kind } = await readQuery(reply, AmendmentQuery);
    await this.draw(reply, grantId, kind);
  }

  @Post('amend')
  @Allow('grant', 'backbone', 'finance')
  async ask(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: GrantAmendmentForm,
      shape: await this.shapeOf(reply, grantId),
      money: true,
      work: async (tx, input) => ({ id: (await this.amendments.ask(tx, grantId, commandOf(input))).id }),
      done: ({ id }) => ({
        to: `/grants/${grantId}/amendments/${id}`,
        say: 'It is asked for: others must approve it before anything changes.',
      }),
      again: (refusal) => this.draw(reply, grantId, kindIn(refusal.values), { ...refusal, refusal }),
    });
  }

  /** What it would come to: on the same page, of which a live form takes the part beside it. */
  @Post('amend/preview')
  @HttpCode(200)
  @Allow('grant', 'backbone', 'finance')
  async preview(@Res() reply: FastifyReply, @Param('grantId') grantId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: GrantAmendmentPreviewForm,
      shape: await this.shapeOf(reply, grantId),
      work: (tx, input) => this.amendments.preview(tx, grantId, commandOf(input)),
      done: ({ result }, values) => ({
        draw: () => this.draw(reply, grantId, kindIn(values), { values, result }),
      }),
      again: (refusal) => {
        // That it cannot be so is what was asked.
        void reply.status(200);
        return this.draw(reply, grantId, kindIn(refusal.values), { values: refusal.values, refusal });
      },
    });
  }

  @Get('amendments/:amendmentId')
  @Allow('grant', ...members)
  async show(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('grantId') grantId: string,
    @Param('amendmentId') amendmentId: string,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const version = await readVersion(tx, amendmentId);
      if (version.grantId !== grantId) throw notFound('amendment');
      const { today, timeZone } = await coalitionCalendar(tx, version.coalitionId);
      return { version, grant: await readGrant(tx, grantId), today, timeZone };
    });
    const seesThePool = access.roles.some((role) => overseers.includes(role));
    const title = view.version.number === null ? 'Amendment' : `Version ${view.version.number}`;
    await this.pages.show(reply, headingOf(view.grant, title), (page) => (
      <AmendmentPage page={page} {...view} seesThePool={seesThePool} />
    ));
  }

  private async draw(
    reply: FastifyReply,
    grantId: string,
    kind: AmendmentKind | undefined,
    drawn?: Drawn,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readAmendView(tx, grantId));
    const { grant, terms } = view;
    await this.pages.show(reply, headingOf(grant, 'Amend it'), (page) =>
      kind === undefined ? (
        <AmendKindsPage page={page} view={view} />
      ) : (
        <AmendPage
          page={page}
          view={view}
          kind={kind}
          values={drawn?.values ?? amendmentValues(kind, terms, grant.currency)}
          refusal={drawn?.refusal}
          result={drawn?.result}
        />
      ),
    );
  }

  private async shapeOf(reply: FastifyReply, grantId: string) {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => readGrant(tx, grantId));
    return amendmentShape(currency);
  }
}

const headingOf = (grant: GrantRow, title: string) => ({
  title,
  section: 'grants' as const,
  crumbs: [
    { label: 'Grants', href: coalitionPath(grant.coalitionId, 'grants') },
    { label: grant.reference, href: `/grants/${grant.id}` },
    { label: title },
  ],
});

/** The kind that a form was drawn for. */
const kindIn = ({ kind }: Refusal['values']): AmendmentKind | undefined =>
  amendmentKinds.find((each) => each === kind);

/** @throws stateForbids in a state that allows no amendment, or while one waits for approval */
async function readAmendView(tx: Tx, grantId: string): Promise<AmendView> {
  const grant = await readGrant(tx, grantId);
  requireStep(grant.state, 'amend');
  if (await amendmentAskedFor(tx, grantId)) {
    const sentence = 'An amendment of this grant waits for approval. Decide on it, or take it back, first.';
    throw new DomainError('stateForbids', sentence);
  }
  const conditions = await conditionsOfGrant(tx, grantId);
  return {
    grant,
    terms: await readTerms(tx, grant),
    conditions: conditions.filter(({ kind, state }) => kind !== 'date' && state === 'open'),
    keys: await readKeyChoice(tx, grant.coalitionId, { kind: 'grantAmendment', id: grantId }),
    today: (await coalitionCalendar(tx, grant.coalitionId)).today,
  };
}
