import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { Who } from '../../platform/http/request.js';
import { readBond } from '../contracts/bonds.read.js';
import {
  MakePlan,
  PlanAnswer,
  PlannedAndActualAnswer,
  PlansAnswer,
  toPlanAnswer,
  toPlannedPeriod,
} from './plan.dto.js';
import { linesOfPlan, plannedAndActual, plansOf } from './plans.read.js';
import { PlansService } from './plans.service.js';

@ApiTags('Bond plans')
@ApiBearerAuth()
@Controller('api/v1')
export class PlansController {
  constructor(
    private readonly db: Database,
    private readonly plans: PlansService,
  ) {}

  @Get('bonds/:bondId/plans')
  @Allow('bond', ...overseers, 'partner')
  @ApiOperation({ summary: 'What a bond is expected to reach, version by version' })
  @ApiOkResponse({ type: PlansAnswer })
  list(@Who() who: PersonActor, @Param('bondId') bondId: string): Promise<PlansAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const items: PlanAnswer[] = [];
      for (const plan of await plansOf(tx, bondId))
        items.push(toPlanAnswer(plan, await linesOfPlan(tx, plan.id)));
      return { items };
    });
  }

  @Post('bonds/:bondId/plans')
  @Allow('bond', 'backbone', 'finance')
  @ApiOperation({ summary: 'Plan outcomes anew, for a reason; what came stays what it was' })
  @ApiCreatedResponse({ type: PlanAnswer })
  make(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Body() body: MakePlan,
  ): Promise<PlanAnswer> {
    return inTransaction(this.db, who, async (tx) => {
      const plan = await this.plans.make(tx, bondId, body);
      return toPlanAnswer(plan, await linesOfPlan(tx, plan.id));
    });
  }

  @Get('bonds/:bondId/plan-and-actual')
  @Allow('bond', ...overseers, 'partner')
  @ApiOperation({ summary: 'The newest plan beside what came of it, period by period' })
  @ApiOkResponse({ type: PlannedAndActualAnswer })
  compare(@Who() who: PersonActor, @Param('bondId') bondId: string): Promise<PlannedAndActualAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const bond = await readBond(tx, bondId);
      const periods = await plannedAndActual(tx, bond);
      return { periods: periods.map((period) => toPlannedPeriod(period, bond.currency)) };
    });
  }
}
