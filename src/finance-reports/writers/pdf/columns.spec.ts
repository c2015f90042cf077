import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columnWidths, GAP, type Measured } from './columns.js';

const text = (natural: number, least = 30): Measured => ({ wraps: true, natural, least, heading: 20 });
const figure = (natural: number, heading = 20): Measured => ({
  ...{ wraps: false, natural, least: natural, heading },
});

describe('the widths of columns', () => {
  it('leave figures whole, and let text share what is left by how much of it there is', () => {
    expect(columnWidths([text(152), text(252), figure(60)], 100 + 160 + 60 + 2 * GAP)).toEqual([
      ...[expect.closeTo(52 + 100 * (156 / 300)), expect.closeTo(52 + 200 * (156 / 300)), 60],
    ]);
  });

  it('set headings of figures in one line where there is room, and spread what is over', () => {
    expect(columnWidths([text(100), figure(30, 70)], 340 + GAP)).toEqual([200, 140]);
  });

  it('are none where they do not fit', () => {
    expect(columnWidths([text(200), figure(100)], 150 + GAP)).toBeNull();
  });

  it('fill the width, and break no figure', () => {
    const column = fc.record({
      wraps: fc.boolean(),
      natural: fc.integer({ min: 5, max: 400 }),
      least: fc.integer({ min: 5, max: 90 }),
      heading: fc.integer({ min: 5, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(column, { minLength: 1, maxLength: 12 }), (columns) => {
        const widths = columnWidths(columns, 742);
        if (widths === null) return;
        const whole = widths.reduce((sum, width) => sum + width, 0) + GAP * (columns.length - 1);
        expect(whole).toBeCloseTo(742);
        columns.forEach(({ wraps, natural }, index) => {
          if (!wraps) expect(widths[index]).toBeGreaterThanOrEqual(natural - 1e-9);
        });
      }),
    );
  });
});
