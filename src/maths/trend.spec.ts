import { describe, expect, it } from '@jest/globals';
import { parseDecimal } from './exact.js';
import { trendOf } from './trend.js';

describe('where a series is heading', () => {
  it.each([
    [['150', '160', '170'], 'up', 2],
    [['170', '160', '170'], 'up', 1],
    [['1', '2', '3', '2.9', '2.8', '2.75'], 'down', 3],
    [['1', '2', '2.0'], 'flat', 1],
    [['1', '1', '1'], 'flat', 2],
    [['2', '2', '3'], 'up', 1],
    [['5'], 'flat', 0],
    [[], 'flat', 0],
  ])('%j is %s over %d', (values, direction, periods) => {
    const trend = trendOf(values.map(parseDecimal), 'up');
    expect(trend).toEqual({ direction, periods, good: direction === 'up' });
    expect(trendOf(values.map(parseDecimal), 'down').good).toBe(direction === 'down');
  });
});
