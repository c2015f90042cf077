import { fieldError } from '../../platform/errors/domain-error.js';
import type { BondTerms } from '../contracts/bond-terms.js';
import type { OutcomeRow, ScenariosForm } from './scenario-form.dto.js';
import { scenarioColumns } from './scenario-form.dto.js';
import type { ScenarioInput } from './scenario.dto.js';

const isByValue = (rateCard: BondTerms['rateCard'], metric: string): boolean => {
  const kind = rateCard.find((line) => line.metric === metric)?.kind;
  return kind !== undefined && kind !== 'per_unit' && kind !== 'per_person_once';
};

/** "Low; Base; High" as the names of the columns. */
export const namesIn = (text: string): string[] =>
  text
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/**
 * The scenarios that a form holds, a column each. The costs are the same in all of them.
 * @throws ruleBroken naming `/names` for more scenarios than columns, and `/planName` for one that is none of them
 */
export function scenariosOf(form: ScenariosForm, rateCard: BondTerms['rateCard']): ScenarioInput[] {
  const names = namesIn(form.names);
  if (names.length === 0) throw fieldError('ruleBroken', '/names', 'Name one scenario at least.');
  if (names.length > scenarioColumns.length) {
    const sentence = `${scenarioColumns.length} scenarios at most stand beside each other.`;
    throw fieldError('ruleBroken', '/names', sentence);
  }
  if (form.planName && !names.includes(form.planName))
    throw fieldError('ruleBroken', '/planName', `“${form.planName}” is none of the scenarios.`);
  return names.map((name, place) => ({
    name,
    isPlan: name === form.planName,
    costs: (form.costs ?? []).map(({ on, amount }) => ({ on, amount })),
    lines: (form.outcomes ?? []).flatMap((row) => {
      const number = row[scenarioColumns[place]!];
      if (number === undefined || number === null) return [];
      const { period, metric } = row;
      return [
        isByValue(rateCard, metric)
          ? { period, metric, value: number }
          : { period, metric, quantity: number },
      ];
    }),
  }));
}

/** Kept scenarios as the form holds them; of the costs those of the first. */
export function formValuesOfScenarios(scenarios: readonly ScenarioInput[]): Record<string, unknown> {
  if (scenarios.length === 0) return usualScenarios;
  const shown = scenarios.slice(0, scenarioColumns.length);
  const rows = new Map<string, Partial<OutcomeRow>>();
  shown.forEach(({ lines }, place) => {
    for (const { period, metric, quantity, value } of lines) {
      const key = `${String(period).padStart(4, '0')} ${metric}`;
      const row = rows.get(key) ?? { period, metric };
      row[scenarioColumns[place]!] = value ?? quantity ?? undefined;
      rows.set(key, row);
    }
  });
  return {
    names: shown.map(({ name }) => name).join('; '),
    planName: shown.find(({ isPlan }) => isPlan)?.name,
    outcomes: [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
    costs: shown[0]!.costs,
  };
}

const usualScenarios = { names: 'Low; Base; High', planName: 'Base' };
