import { describe, expect, it } from '@jest/globals';
import type { BondTerms } from '../contracts/bond-terms.js';
import { formValuesOfScenarios, scenariosOf } from './scenario-form-mapping.js';
import type { ScenariosForm } from './scenario-form.dto.js';

const rateCard = [
  { metric: 'signUp', kind: 'per_unit' },
  { metric: 'attendance', kind: 'band' },
] as BondTerms['rateCard'];
const form: ScenariosForm = {
  names: 'Low; Base',
  planName: 'Base',
  outcomes: [
    { period: 1, metric: 'signUp', s1: '40', s2: '60' },
    { period: 2, metric: 'attendance', s2: '62.5' },
  ],
  costs: [{ on: '2027-01-31', amount: '1000.00' }],
};

describe('scenarios in a form', () => {
  it('are a column each, by number or by value as the rate card has it', () => {
    expect(scenariosOf(form, rateCard)).toEqual([
      {
        name: 'Low',
        isPlan: false,
        costs: form.costs,
        lines: [{ period: 1, metric: 'signUp', quantity: '40' }],
      },
      {
        ...{ name: 'Base', isPlan: true, costs: form.costs },
        lines: [
          { period: 1, metric: 'signUp', quantity: '60' },
          { period: 2, metric: 'attendance', value: '62.5' },
        ],
      },
    ]);
  });

  it('go into the form and come out the same', () => {
    const scenarios = scenariosOf(form, rateCard);
    const values = formValuesOfScenarios(scenarios) as unknown as ScenariosForm;
    expect(scenariosOf(values, rateCard)).toEqual(scenarios);
  });

  it.each([
    [{ names: ' ; ' }, '/names'],
    [{ names: 'a;b;c;d;e;f', planName: undefined }, '/names'],
    [{ planName: 'High' }, '/planName'],
  ])('%j is refused', (wrong, pointer) => {
    expect(() => scenariosOf({ ...form, ...wrong }, rateCard)).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer })] }),
    );
  });
});
