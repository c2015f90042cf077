import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import { Allow, members } from '../platform/http/access.js';
import { Integer } from '../platform/http/fields.js';
import { coalitionPath } from '../web/navigation.js';
import { actorOf, type Heading, Pages, type Refusal } from '../web/pages.js';
import { DecisionsQuery } from './decision.dto.js';
import { requireState } from './decision.rules.js';
import { DecisionFormPage } from './decision-form.js';
import { readDecisionSettings, setDecisionSettings, SetDecisionSettings } from './decision-settings.js';
import { DecisionSettingsPage } from './decision-settings-page.js';
import { DecisionRooms } from './decision-subjects.js';
import { countDecisions, listDecisions, readDecision } from './decisions.read.js';
import { DecisionsPage } from './decisions-page.js';
import { DecisionsService } from './decisions.service.js';
import { atFormFields, draftOf, firstValues, MotionForm, readFormView, valuesOf } from './motion-form.js';

class SettingsForm extends SetDecisionSettings {
  @Integer(1, 1_000_000_000) version!: number;
}

/** The list of decisions, drafts before they are put to the vote, and who votes at all. */
@Controller()
export class DecisionsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly decisions: DecisionsService,
    private readonly rooms: DecisionRooms,
  ) {}

  @Get('coalitions/:coalitionId/decisions')
  @Allow('coalition', ...members)
  async list(
    @Res() reply: FastifyReply,
    @Param('coalitionId') coalitionId: string,
    @Query() query: DecisionsQuery,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      ...{ coalitionId, query },
      decisions: await listDecisions(tx, coalitionId, query),
      counts: await countDecisions(tx, coalitionId),
      today: (await coalitionCalendar(tx, coalitionId)).today,
    }));
    const heading: Heading = { title: 'Decisions', section: 'decisions', crumbs: [{ label: 'Decisions' }] };
    await this.pages.show(reply, heading, (page) => <DecisionsPage page={page} view={view} />);
  }

  @Get('coalitions/:coalitionId/decisions/new')
  @Allow('coalition', 'backbone')
  async form(
    @Res() reply: FastifyReply,
    @Param('coalitionId') coalitionId: string,
    @Query('subject') subject?: string,
    @Query('amends') amends?: string,
  ): Promise<void> {
    await this.drawNew(reply, coalitionId, { subject, amends });
  }

  @Post('coalitions/:coalitionId/decisions')
  @Allow('coalition', 'backbone')
  async draft(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: MotionForm,
      work: (tx, input) => atFormFields(this.decisions.draft(tx, coalitionId, draftOf(input))),
      done: ({ id }) => ({
        to: `/decisions/${id}`,
        say: 'The motion is drafted. Open the vote when it is ready.',
      }),
      again: (refusal) => this.drawNew(reply, coalitionId, {}, refusal),
    });
  }

  @Get('decisions/:decisionId/edit')
  @Allow('decision', 'backbone')
  async edit(@Res() reply: FastifyReply, @Param('decisionId') decisionId: string): Promise<void> {
    await this.drawEdit(reply, decisionId);
  }

  @Post('decisions/:decisionId')
  @Allow('decision', 'backbone')
  async change(@Res() reply: FastifyReply, @Param('decisionId') decisionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: MotionForm,
      work: (tx, input) =>
        atFormFields(this.decisions.change(tx, decisionId, input.version ?? 0, draftOf(input))),
      done: () => ({ to: `/decisions/${decisionId}`, say: 'The draft is saved.' }),
      again: (refusal) => this.drawEdit(reply, decisionId, refusal),
    });
  }

  @Get('coalitions/:coalitionId/decision-settings')
  @Allow('coalition', 'backbone')
  async settings(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.drawSettings(reply, coalitionId);
  }

  @Post('coalitions/:coalitionId/decision-settings')
  @Allow('coalition', 'backbone')
  async set(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: SettingsForm,
      work: (tx, { version, ...settings }) => setDecisionSettings(tx, coalitionId, version, settings),
      done: () => ({ to: coalitionPath(coalitionId, 'decisions'), say: 'Who votes, and on what, is saved.' }),
      again: (refusal) => this.drawSettings(reply, coalitionId, refusal),
    });
  }

  private async drawNew(
    reply: FastifyReply,
    coalitionId: string,
    asked: { subject?: string; amends?: string },
    refusal?: Refusal,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readFormView(tx, this.rooms, coalitionId));
    await this.pages.show(reply, heading(coalitionId, 'Draft a motion'), (page) => (
      <DecisionFormPage page={page} view={view} values={firstValues(view.today, asked)} refusal={refusal} />
    ));
  }

  private async drawEdit(reply: FastifyReply, decisionId: string, refusal?: Refusal): Promise<void> {
    const { draft, view } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const draft = await readDecision(tx, decisionId);
      requireState(draft.state, 'draft');
      return { draft, view: await readFormView(tx, this.rooms, draft.coalitionId, draft) };
    });
    await this.pages.show(reply, heading(draft.coalitionId, 'Change the draft'), (page) => (
      <DecisionFormPage
        page={page}
        view={view}
        draftId={decisionId}
        values={valuesOf(draft)}
        refusal={refusal}
      />
    ));
  }

  private async drawSettings(reply: FastifyReply, coalitionId: string, refusal?: Refusal): Promise<void> {
    const settings = await inSnapshot(this.db, actorOf(reply), (tx) => readDecisionSettings(tx, coalitionId));
    await this.pages.show(reply, heading(coalitionId, 'Who votes'), (page) => (
      <DecisionSettingsPage page={page} coalitionId={coalitionId} settings={settings} refusal={refusal} />
    ));
  }
}

const heading = (coalitionId: string, title: string): Heading => ({
  title,
  section: 'decisions',
  crumbs: [{ label: 'Decisions', href: coalitionPath(coalitionId, 'decisions') }, { label: title }],
});
