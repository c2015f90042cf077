import { parseDecimal, powerOfTen } from '../maths/exact.js';

/** "2.5" per cent → "0.025": the point moves by two, and nothing is rounded. */
export function rateOfPercent(percent: string): string {
  const { units, scale } = parseDecimal(percent);
  return decimalText(units, scale + 2);
}

/** "0.025" → "2.5" per cent. */
export function percentOfRate(rate: string): string {
  const { units, scale } = parseDecimal(rate);
  return decimalText(units * 100n, scale);
}

/** units ÷ 10^scale, without zeros that say nothing. */
function decimalText(units: bigint, scale: number): string {
  const sign = units < 0n ? '-' : '';
  const magnitude = units < 0n ? -units : units;
  const whole = magnitude / powerOfTen(scale);
  const fraction = (magnitude % powerOfTen(scale)).toString().padStart(scale, '0').replace(/0+$/, '');
  return `${sign}${whole}${scale > 0 && fraction ? `.${fraction}` : ''}`;
}
