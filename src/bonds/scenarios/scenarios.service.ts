import { Injectable } from '@nestjs/common';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { amountOf } from '../../pools/pools.service.js';
import { claimPeriods } from '../claims/claim.rules.js';
import type { BondTerms } from '../contracts/bond-terms.js';
import { lockBond, readBond, signedTerms, versionUnderWay } from '../contracts/bonds.read.js';
import { expectedPayments, type PlanLine, requirePlan } from '../plans/plan.rules.js';
import { project, type Projection, type ScenarioInputs } from './projection.rules.js';
import type { ScenarioInput } from './scenario.dto.js';

export interface NamedProjection {
  name: string;
  projection: Projection;
}

/** What a contract would come to, before anyone signs and after. Touches no ledger. */
@Injectable()
export class ScenariosService {
  /**
   * Works scenarios out beside each other, by terms that may be drafted only.
   * @throws ruleBroken naming the scenario and the field
   */
  workOut(terms: BondTerms, currency: string, inputs: readonly ScenarioInput[]): NamedProjection[] {
    const scenarios = inputs.map((input, index) => ({
      ...readScenario(terms, currency, input, `/scenarios/${index}`),
      ...{ name: input.name, isPlan: input.isPlan ?? false },
    }));
    const twice = scenarios.findIndex(({ name }, at) => scenarios.findIndex((one) => one.name === name) < at);
    if (twice >= 0)
      throw fieldError('ruleBroken', `/scenarios/${twice}/name`, 'Two scenarios have the same name.');
    const measure = scenarios.find(({ isPlan }) => isPlan);
    const plan = measure ? expectedPayments(terms, currency, measure.lines) : null;
    return scenarios.map(({ name, ...scenario }) => ({
      name,
      projection: project(terms, currency, scenario, plan),
    }));
  }

  /** The terms that scenarios of a bond go by: the version under way, or the one that holds. */
  async termsOf(tx: Tx, bondId: string): Promise<BondTerms> {
    const underWay = await versionUnderWay(tx, bondId);
    return underWay ? underWay.terms : (await signedTerms(tx, bondId)).terms;
  }

  /** Keeps scenarios under their names, in place of those that were kept. @throws as `workOut` */
  async keep(tx: Tx, bondId: string, inputs: readonly ScenarioInput[]): Promise<NamedProjection[]> {
    const { bond } = await lockBond(tx, bondId);
    const projections = this.workOut(await this.termsOf(tx, bondId), bond.currency, inputs);
    await tx.run(`DELETE FROM bond_scenarios WHERE bond_id = $1`, [bondId]);
    await tx.run(
      `INSERT INTO bond_scenarios (coalition_id, bond_id, name, inputs, changed_by, changed_at)
       SELECT $1, $2, s ->> 'name', s, $3, $4 FROM jsonb_array_elements($5::jsonb) AS s`,
      [bond.coalitionId, bondId, tx.actor.personId ?? null, tx.now, JSON.stringify(inputs)],
    );
    await audit(tx, {
      coalitionId: bond.coalitionId,
      action: 'bond.scenariosKept',
      subject: { kind: 'bond', id: bondId },
      after: { scenarios: inputs.map(({ name }) => name) },
    });
    return projections;
  }

  /** The kept scenarios of a bond, worked out now. */
  async ofBond(tx: Tx, bondId: string): Promise<{ inputs: ScenarioInput[]; projections: NamedProjection[] }> {
    const bond = await readBond(tx, bondId);
    const inputs = await keptScenarios(tx, bondId);
    const projections =
      inputs.length === 0 ? [] : this.workOut(await this.termsOf(tx, bondId), bond.currency, inputs);
    return { inputs, projections };
  }
}

/** The scenarios that are kept for a bond, in the order in which they were given. */
export async function keptScenarios(tx: Tx, bondId: string): Promise<ScenarioInput[]> {
  const rows = await tx.rows<{ inputs: ScenarioInput }>(
    `SELECT inputs FROM bond_scenarios WHERE bond_id = $1 ORDER BY id`,
    [bondId],
  );
  return rows.map(({ inputs }) => inputs);
}

/** What a scenario supposes, in minor units. @throws ruleBroken naming the field, where the contract cannot price it */
export function readScenario(
  terms: BondTerms,
  currency: string,
  input: ScenarioInput,
  pointer: string,
): ScenarioInputs {
  const lines = input.lines.map(({ period, metric, quantity, value }): PlanLine => ({
    ...{ period, metric },
    quantity: quantity ?? null,
    value: value ?? null,
  }));
  try {
    requirePlan(terms, claimPeriods(terms), lines);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const fields = error.fields.map((field) => ({ ...field, pointer: `${pointer}${field.pointer}` }));
    throw new DomainError(error.code, `${input.name}: ${error.detail}`, fields);
  }
  const costs = input.costs.map(({ on, amount }, index) => ({
    on,
    amount: amountOf(amount, currency, `${pointer}/costs/${index}/amount`)!,
  }));
  return { lines, costs };
}
