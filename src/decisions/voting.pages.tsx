import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../platform/database/database.js';
import { Allow, members } from '../platform/http/access.js';
import { type Access, Where } from '../platform/http/request.js';
import { dayText } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import { actorOf, type Heading, Pages, type Refusal, signedInOf } from '../web/pages.js';
import { CastVote, DeclareConflict, RecordDissent, WithdrawDecision, WriteMinutes } from './decision.dto.js';
import { referenceOf } from './decision.rules.js';
import { DecisionPage } from './decision-page.js';
import { DecisionRecordPage } from './decision-record-page.js';
import { mayVote } from './decision-settings.js';
import { DecisionRooms } from './decision-subjects.js';
import { type DecisionPageProps, type DecisionView, readDecisionView } from './decision-view.js';
import { DecisionsService } from './decisions.service.js';
import { VoteOpening } from './vote-opening.service.js';
import { VotingService } from './voting.service.js';

type RefusedForm = NonNullable<DecisionPageProps['refusal']>['of'];

/** A decision's page, and what people do on it. */
@Controller()
export class VotingPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly decisions: DecisionsService,
    private readonly opening: VoteOpening,
    private readonly voting: VotingService,
    private readonly rooms: DecisionRooms,
  ) {}

  @Get('decisions/:decisionId')
  @Allow('decision', ...members)
  async show(@Res() reply: FastifyReply, @Param('decisionId') decisionId: string): Promise<void> {
    await this.draw(reply, decisionId);
  }

  @Get('decisions/:decisionId/record')
  @Allow('decision', ...members)
  async record(@Res() reply: FastifyReply, @Param('decisionId') decisionId: string): Promise<void> {
    const view = await this.read(reply, decisionId);
    const { number, coalitionId } = view.record.decision;
    const crumbs = [
      { label: 'Decisions', href: coalitionPath(coalitionId, 'decisions') },
      { label: referenceOf(number), href: `/decisions/${decisionId}` },
      { label: 'The record' },
    ];
    const heading: Heading = { title: `Record of ${referenceOf(number)}`, section: 'decisions', crumbs };
    await this.pages.show(reply, heading, (page) => <DecisionRecordPage page={page} view={view} />);
  }

  @Post('decisions/:decisionId/open')
  @Allow('decision', 'backbone')
  async open(@Res() reply: FastifyReply, @Param('decisionId') decisionId: string): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.opening.open(tx, decisionId),
      done: ({ entitled, closesOn }) => ({
        to: `/decisions/${decisionId}`,
        say: `The vote is open until ${dayText(closesOn, signedInOf(reply).locale)}. ${entitled} may vote, and are told by mail.`,
      }),
      back: `/decisions/${decisionId}`,
    });
  }

  @Post('decisions/:decisionId/close')
  @Allow('decision', 'backbone')
  async close(@Res() reply: FastifyReply, @Param('decisionId') decisionId: string): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.voting.close(tx, decisionId),
      // What came of it stands on the page.
      done: () => ({ to: `/decisions/${decisionId}`, say: 'The vote is closed.' }),
      back: `/decisions/${decisionId}`,
    });
  }

  @Post('decisions/:decisionId/votes')
  @Allow('decision', ...mayVote)
  async vote(@Res() reply: FastifyReply, @Param('decisionId') decisionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: CastVote,
      work: (tx, input) => this.voting.vote(tx, decisionId, input),
      done: () => ({
        to: `/decisions/${decisionId}`,
        say: 'Your vote is cast. You may change it until the vote closes.',
      }),
      again: (refusal) => this.draw(reply, decisionId, { ...refusal, of: 'vote' }),
    });
  }

  @Post('decisions/:decisionId/dissents')
  @Allow('decision', ...mayVote)
  async dissent(@Res() reply: FastifyReply, @Param('decisionId') decisionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: RecordDissent,
      work: (tx, { words }) => this.voting.dissent(tx, decisionId, words),
      done: () => ({ to: `/decisions/${decisionId}`, say: 'Your dissent is written down, in your words.' }),
      again: (refusal) => this.draw(reply, decisionId, { ...refusal, of: 'dissent' }),
    });
  }

  @Post('decisions/:decisionId/recusals')
  @Allow('decision', ...members)
  async recuse(
    @Res() reply: FastifyReply,
    @Where() { roles }: Access,
    @Param('decisionId') decisionId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: DeclareConflict,
      work: (tx, input) => this.voting.recuse(tx, decisionId, input, roles.includes('backbone')),
      done: () => ({ to: `/decisions/${decisionId}`, say: 'The conflict is recorded.' }),
      again: (refusal) => this.draw(reply, decisionId, { ...refusal, of: 'recuse' }),
    });
  }

  @Post('decisions/:decisionId/minutes')
  @Allow('decision', 'backbone')
  async minute(@Res() reply: FastifyReply, @Param('decisionId') decisionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: WriteMinutes,
      work: (tx, { text }) => this.voting.minute(tx, decisionId, text),
      done: () => ({ to: `/decisions/${decisionId}`, say: 'It is in the minutes.' }),
      again: (refusal) => this.draw(reply, decisionId, { ...refusal, of: 'minute' }),
    });
  }

  @Post('decisions/:decisionId/withdraw')
  @Allow('decision', 'backbone')
  async withdraw(@Res() reply: FastifyReply, @Param('decisionId') decisionId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: WithdrawDecision,
      work: (tx, { reason }) => this.decisions.withdraw(tx, decisionId, reason),
      done: () => ({ to: `/decisions/${decisionId}`, say: 'The motion is withdrawn.' }),
      again: (refusal) => this.draw(reply, decisionId, { ...refusal, of: 'withdraw' }),
    });
  }

  private read(reply: FastifyReply, decisionId: string): Promise<DecisionView> {
    const actor = actorOf(reply);
    return inSnapshot(this.db, actor, (tx) => readDecisionView(tx, this.rooms, decisionId, actor.personId));
  }

  private async draw(
    reply: FastifyReply,
    decisionId: string,
    refusal?: Refusal & { of: RefusedForm },
  ): Promise<void> {
    const view = await this.read(reply, decisionId);
    const { title, number, coalitionId } = view.record.decision;
    const crumbs = [
      { label: 'Decisions', href: coalitionPath(coalitionId, 'decisions') },
      { label: referenceOf(number) },
    ];
    const about = { kind: 'decision', id: decisionId };
    await this.pages.show(reply, { title, section: 'decisions', crumbs, about }, (page) => (
      <DecisionPage page={page} view={view} refusal={refusal} />
    ));
  }
}
