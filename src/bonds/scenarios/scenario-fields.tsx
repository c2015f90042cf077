import { Card } from '../../web/components/card.js';
import { TextField } from '../../web/forms/fields.js';
import { RowsField } from '../../web/forms/rows.js';
import { scenarioColumns } from './scenario-form.dto.js';
import { namesIn } from './scenario-form-mapping.js';

/** What may happen, scenario by scenario: a column each. `names` is what stands in the field of the names. */
export function ScenarioFields({ currency, names }: { currency: string; names: string }) {
  const columns = namesIn(names);
  return (
    <Card title="What may happen" note="Nothing of it touches the ledger">
      <TextField
        name="names"
        label="Scenarios"
        maxLength={300}
        help={`A column each, up to ${scenarioColumns.length}, such as “Low; Base; High”.`}
      />
      <TextField
        name="planName"
        label="The plan"
        maxLength={60}
        help="The scenario that a coupon, or a payment of investors, is measured by."
      />
      <RowsField
        name="outcomes"
        legend="Outcomes"
        help="One row for each outcome and period: how many, or for bands which value."
        totalled={false}
        most={400}
        blank={3}
        columns={[
          { name: 'period', label: 'Period', kind: 'text' },
          { name: 'metric', label: 'Outcome', kind: 'text' },
          ...scenarioColumns.slice(0, Math.max(1, columns.length)).map((name, place) => ({
            ...{
              name,
              label: columns[place] ?? `Scenario ${place + 1}`,
              kind: 'text' as const,
              optional: true,
            },
          })),
        ]}
      />
      <RowsField
        name="costs"
        legend="What the provider is paid meanwhile"
        help="Working capital, as it is needed: investors lend what the outcome payments do not cover."
        most={120}
        blank={2}
        columns={[
          { name: 'on', label: 'On', kind: 'day' },
          { name: 'amount', label: 'Amount', kind: 'amount', currency },
        ]}
      />
    </Card>
  );
}
