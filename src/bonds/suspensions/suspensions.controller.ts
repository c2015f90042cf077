import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import {
  AskSuspension,
  BondSuspensionAnswer,
  SuspensionsAnswer,
  toSuspensionAnswer,
} from './suspension.dto.js';
import { type Suspension, suspensionsOf, substitutesOf } from './suspensions.read.js';
import { SuspensionsService } from './suspensions.service.js';

@ApiTags('Bond suspensions')
@ApiBearerAuth()
@Controller('api/v1')
export class SuspensionsController {
  constructor(
    private readonly db: Database,
    private readonly suspensions: SuspensionsService,
  ) {}

  @Get('bonds/:bondId/suspensions')
  @Allow('bond', ...overseers, 'partner')
  @ApiOperation({ summary: 'Windows in which a bond pays by a schedule, with their instalments' })
  @ApiOkResponse({ type: SuspensionsAnswer })
  list(@Who() who: PersonActor, @Param('bondId') bondId: string): Promise<SuspensionsAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const items: BondSuspensionAnswer[] = [];
      for (const suspension of await suspensionsOf(tx, bondId)) items.push(await whole(tx, suspension));
      return { items };
    });
  }

  @Post('bonds/:bondId/suspensions')
  @Allow('bond', 'backbone', 'finance')
  @ApiOperation({ summary: 'Ask that a bond pay by a schedule for a while; others approve' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: BondSuspensionAnswer })
  ask(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('bondId') bondId: string,
    @Body() body: AskSuspension,
  ): Promise<BondSuspensionAnswer> {
    return once(this.db, who, claim, async (tx) => whole(tx, await this.suspensions.ask(tx, bondId, body)));
  }
}

const whole = async (tx: Tx, suspension: Suspension): Promise<BondSuspensionAnswer> =>
  toSuspensionAnswer(suspension, await substitutesOf(tx, suspension.id));
