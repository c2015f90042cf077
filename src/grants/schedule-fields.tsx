import { NumberField, TextField } from '../web/forms/fields.js';
import { RowsField } from '../web/forms/rows.js';
import type { ScheduleShape } from './grant-schedule.js';
import { triggerColumn } from './triggers/trigger-column.js';
import { percentOfRate } from './uplift-percent.js';

/** How an amount is cut and when its parts are paid: of a grant, or of a saved schedule. */
export function ShapeFields({ currency }: { currency: string }) {
  return (
    <>
      <NumberField
        name="everyMonths"
        label="An instalment every"
        unit="months"
        help="3 for quarterly, 12 for yearly."
      />
      <NumberField
        name="equalInstalments"
        label="Equal instalments"
        optional
        help="How many. Leave it empty if they differ, and say how below."
      />
      <RowsField
        name="slices"
        legend="Or instalments that differ"
        help="One row each, in order: a per cent of the amount, an amount, or, as the last one, what remains. With dates of their own, or none; or due after something happens, such as a report."
        most={240}
        totalled={false}
        columns={[
          { name: 'on', label: 'On', kind: 'day', optional: true },
          { name: 'percent', label: 'Per cent', kind: 'text', optional: true },
          { name: 'amount', label: 'Amount', kind: 'amount', currency, optional: true },
          { name: 'remaining', label: 'What remains', kind: 'check' },
          triggerColumn(currency),
        ]}
      />
      <TextField
        name="upliftPercent"
        label="Yearly uplift in per cent"
        optional
        maxLength={20}
        help="Such as 2.5. It compounds, is paid on top from the second year on, and is shown apart."
      />
      <TextField
        name="upliftPercents"
        label="Or year by year"
        optional
        maxLength={400}
        help="By an index table: what the second year adds in per cent, the third, and so on: 2.5; 3; 2"
      />
    </>
  );
}

/** A shape as its fields hold it: all of them, so that what was in them before does not stay. */
export const shapeValues = ({
  everyMonths,
  equalInstalments,
  slices,
  upliftRate,
  upliftIndex,
}: ScheduleShape) => ({
  ...{ everyMonths, equalInstalments, slices },
  upliftPercent: upliftRate && percentOfRate(upliftRate),
  upliftPercents: upliftIndex?.map(percentOfRate).join('; '),
});

/** Of which fields of a shape the values are no plain text. */
export const shapeFlags = ['slices[].remaining'];
export const shapeAmounts = (currency: string) => ({
  'slices[].amount': currency,
  'slices[].after.matchAmount': currency,
  'reportingDays[].after.matchAmount': currency,
});
