import type { ReportColumn } from '../documents/report-document.js';

const column =
  (type: ReportColumn['type'], isSummed?: true) =>
  (name: string, label: string): ReportColumn => ({
    ...{ name, label, type },
    ...(isSummed && { isSummed }),
  });

export const text = column('text');
export const money = column('money');
/** Money whose sum stands at the foot of its table. */
export const summedMoney = column('money', true);
export const foreignMoney = column('foreignMoney');
export const day = column('day');
export const count = column('count');
export const percent = column('percent');
export const rate = column('rate');
