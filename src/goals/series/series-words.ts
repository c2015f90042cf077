import type { PeriodLength } from '../../maths/calendar-period.js';
import type { Formula, InputPart, MeasureKind, Polarity } from './series.js';

export const frequencyWords: Record<PeriodLength, string> = {
  month: 'Every month',
  quarter: 'Every quarter',
  halfYear: 'Every half-year',
  year: 'Every year',
};

export const polarityWords: Record<Polarity, string> = { up: 'More is better', down: 'Less is better' };

export const formulaWords: Record<Formula, string> = {
  sum: 'The sum of others',
  ratio: 'One divided by another',
  percentage: 'One as a percentage of another',
};

export const partWords: Record<InputPart, string> = {
  addend: 'is added up',
  numerator: 'is divided (above the line)',
  denominator: 'is divided by (below the line)',
};

export const measureKindWords: Record<MeasureKind, string> = {
  howMuch: 'How much did we do?',
  howWell: 'How well did we do it?',
  betterOff: 'Is anyone better off?',
};
