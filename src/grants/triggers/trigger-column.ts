import type { RowColumn } from '../../web/forms/rows.js';
import { triggerEvents, triggerUnits } from './trigger.rules.js';
import { eventNames, unitNames } from './trigger-words.js';

/** In a row of slices: what it falls due after, instead of on a day. */
export const triggerColumn = (currency: string): RowColumn => ({
  name: 'after',
  label: 'Or after something',
  kind: 'more',
  summary: 'Due after something happens',
  columns: [
    { name: 'count', label: 'So many', kind: 'text' },
    {
      name: 'unit',
      label: 'days or months',
      kind: 'choice',
      options: triggerUnits.map((value) => ({ value, label: unitNames[value] })),
    },
    {
      name: 'event',
      label: 'after',
      kind: 'choice',
      options: triggerEvents.map((value) => ({ value, label: eventNames[value] })),
    },
    { name: 'subject', label: 'Document, decision or purpose', kind: 'text' },
    { name: 'onDay', label: 'Report through', kind: 'day' },
    { name: 'matchAmount', label: `Other money (${currency})`, kind: 'amount', currency },
    { name: 'expectedOn', label: 'Expected by', kind: 'day' },
  ],
});
