import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Allow, AnyPerson, overseers } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { IfMatch, Who } from '../../platform/http/request.js';
import { ReportRunWithProofAnswer, toRunWithProof } from '../runs/run.dto.js';
import { reportMakers, scopeOfSeveral } from '../runs/run-order.js';
import {
  ChangeSubscription,
  Subscribe,
  SubscribeToSeveral,
  SubscriptionAnswer,
  SubscriptionQuery,
  toSubscriptionAnswer,
} from './subscription.dto.js';
import { SubscriptionOrders } from './subscription-orders.service.js';
import { type Subscription, type SubscriptionPlace, SubscriptionsService } from './subscriptions.service.js';

@ApiTags('Finance reports')
@ApiBearerAuth()
@Controller('api/v1')
export class SubscriptionsController {
  constructor(
    private readonly db: Database,
    private readonly subscriptions: SubscriptionsService,
    private readonly orders: SubscriptionOrders,
  ) {}

  @Post('pools/:poolId/subscriptions')
  @Allow('pool', ...reportMakers)
  @ApiOperation({ summary: 'Subscribe people to a report' })
  @ApiCreatedResponse({ type: SubscriptionAnswer })
  subscribe(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Body() body: Subscribe,
  ): Promise<SubscriptionAnswer> {
    return this.answer(who, (tx) => this.subscriptions.subscribe(tx, { kind: 'pool', poolId }, body));
  }

  @Get('pools/:poolId/subscriptions')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The subscriptions to reports of a pool' })
  @ApiOkResponse({ type: pageOf(SubscriptionAnswer) })
  ofPool(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: SubscriptionQuery,
  ): Promise<Page<SubscriptionAnswer>> {
    return this.listOf(who, { poolId }, query);
  }

  @Post('coalitions/:coalitionId/subscriptions')
  @Allow('coalition', ...reportMakers)
  @ApiOperation({ summary: 'Subscribe people to a report on all pools of a coalition' })
  @ApiCreatedResponse({ type: SubscriptionAnswer })
  subscribeToCoalition(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Body() body: Subscribe,
  ): Promise<SubscriptionAnswer> {
    return this.answer(who, (tx) =>
      this.subscriptions.subscribe(tx, { kind: 'coalition', coalitionId }, body),
    );
  }

  @Get('coalitions/:coalitionId/subscriptions')
  @Allow('coalition', ...overseers)
  @ApiOperation({ summary: 'The subscriptions to reports that a coalition is in' })
  @ApiOkResponse({ type: pageOf(SubscriptionAnswer) })
  ofCoalition(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Query() query: SubscriptionQuery,
  ): Promise<Page<SubscriptionAnswer>> {
    return this.listOf(who, { coalitionId }, query);
  }

  @Post('subscriptions')
  @AnyPerson()
  @ApiOperation({
    summary: 'Subscribe people to a report on several coalitions, or on all whose money you see',
  })
  @ApiCreatedResponse({ type: SubscriptionAnswer })
  subscribeToSeveral(
    @Who() who: PersonActor,
    @Body() { coalitionIds, ...body }: SubscribeToSeveral,
  ): Promise<SubscriptionAnswer> {
    return this.answer(who, (tx) => this.subscriptions.subscribe(tx, scopeOfSeveral(coalitionIds), body));
  }

  @Get('subscriptions/:subscriptionId')
  @Allow('subscription', ...overseers)
  @ApiOperation({ summary: 'A subscription and when it comes round' })
  @ApiOkResponse({ type: SubscriptionAnswer })
  subscription(@Who() who: PersonActor, @Param('subscriptionId') id: string): Promise<SubscriptionAnswer> {
    return this.answer(who, (tx) => this.subscriptions.get(tx, id));
  }

  @Patch('subscriptions/:subscriptionId')
  @Allow('subscription', ...reportMakers)
  @ApiOperation({ summary: 'Change when a report comes round, or who receives it' })
  @ApiOkResponse({ type: SubscriptionAnswer })
  change(
    @Who() who: PersonActor,
    @Param('subscriptionId') id: string,
    @IfMatch() version: number,
    @Body() body: ChangeSubscription,
  ): Promise<SubscriptionAnswer> {
    return this.answer(who, (tx) => this.subscriptions.change(tx, id, version, body));
  }

  @Post('subscriptions/:subscriptionId/preview')
  @Allow('subscription', ...reportMakers)
  @ApiOperation({ summary: 'Ask for the report as it would be now; it is sent to nobody' })
  @ApiCreatedResponse({ type: ReportRunWithProofAnswer })
  preview(@Who() who: PersonActor, @Param('subscriptionId') id: string): Promise<ReportRunWithProofAnswer> {
    return inTransaction(this.db, who, async (tx) =>
      toRunWithProof(await this.orders.preview(tx, id), [], () => null),
    );
  }

  @Post('subscriptions/:subscriptionId/pause')
  @HttpCode(200)
  @Allow('subscription', ...reportMakers)
  @ApiOperation({ summary: 'Send nothing for a while' })
  @ApiOkResponse({ type: SubscriptionAnswer })
  pause(@Who() who: PersonActor, @Param('subscriptionId') id: string): Promise<SubscriptionAnswer> {
    return this.answer(who, (tx) => this.subscriptions.pause(tx, id));
  }

  @Post('subscriptions/:subscriptionId/resume')
  @HttpCode(200)
  @Allow('subscription', ...reportMakers)
  @ApiOperation({ summary: 'Send it again from the next time on' })
  @ApiOkResponse({ type: SubscriptionAnswer })
  resume(@Who() who: PersonActor, @Param('subscriptionId') id: string): Promise<SubscriptionAnswer> {
    return this.answer(who, (tx) => this.subscriptions.resume(tx, id));
  }

  @Post('subscriptions/:subscriptionId/end')
  @HttpCode(200)
  @Allow('subscription', ...reportMakers)
  @ApiOperation({ summary: 'End a subscription for good' })
  @ApiOkResponse({ type: SubscriptionAnswer })
  end(@Who() who: PersonActor, @Param('subscriptionId') id: string): Promise<SubscriptionAnswer> {
    return this.answer(who, (tx) => this.subscriptions.end(tx, id));
  }

  private answer(who: PersonActor, work: (tx: Tx) => Promise<Subscription>): Promise<SubscriptionAnswer> {
    return inTransaction(this.db, who, async (tx) => toSubscriptionAnswer(await work(tx), tx.now));
  }

  private listOf(
    who: PersonActor,
    place: SubscriptionPlace,
    query: SubscriptionQuery,
  ): Promise<Page<SubscriptionAnswer>> {
    return inSnapshot(this.db, who, async (tx) => {
      const page = await this.subscriptions.list(tx, place, query);
      return { ...page, items: page.items.map((one) => toSubscriptionAnswer(one, tx.now)) };
    });
  }
}
