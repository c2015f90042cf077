import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { claimPeriods } from '../claims/claim.rules.js';
import { requireBondStep } from '../contracts/bond.rules.js';
import { lockBond, signedTerms } from '../contracts/bonds.read.js';
import type { MakePlan } from './plan.dto.js';
import { type PlanLine, requirePlan } from './plan.rules.js';
import { type BondPlan, readPlan } from './plans.read.js';

/** What a bond is expected to reach. A plan is never changed: another follows it, with the reason. */
@Injectable()
export class PlansService {
  /** @throws stateForbids; ruleBroken naming the line */
  async make(tx: Tx, bondId: string, { reason, lines }: MakePlan): Promise<BondPlan> {
    const { bond } = await lockBond(tx, bondId);
    requireBondStep(bond.state, 'plan');
    const { terms } = await signedTerms(tx, bondId);
    const planned = lines.map(({ period, metric, quantity, value }): PlanLine => ({
      ...{ period, metric },
      quantity: quantity ?? null,
      value: value ?? null,
    }));
    requirePlan(terms, claimPeriods(terms), planned);
    const id = newId();
    await tx.run(
      `INSERT INTO bond_plans (id, coalition_id, bond_id, number, reason, made_by, made_at)
       SELECT $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5, $6 FROM bond_plans WHERE bond_id = $3`,
      [id, bond.coalitionId, bondId, reason, tx.actor.personId ?? null, tx.now],
    );
    await tx.run(
      `INSERT INTO bond_plan_lines (coalition_id, plan_id, period, metric, quantity, value)
       SELECT $1, $2, period, metric, quantity, value
       FROM jsonb_to_recordset($3::jsonb) AS l (period int, metric text, quantity numeric, value numeric)`,
      [bond.coalitionId, id, JSON.stringify(planned)],
    );
    const plan = await readPlan(tx, id);
    await audit(tx, {
      coalitionId: bond.coalitionId,
      action: 'bond.planned',
      subject: { kind: 'bond', id: bondId },
      after: { plan: plan.number, lines: planned.length },
      reason,
    });
    return plan;
  }
}
