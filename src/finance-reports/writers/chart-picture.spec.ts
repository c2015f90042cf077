import { describe, expect, it } from '@jest/globals';
import { inflateSync } from 'node:zlib';
import { chartSpecimens } from '../../../test/support/chart-specimens.js';
import { chartPicture } from './chart-picture.js';

/** The chunks of a PNG: its size, and its pixels as they are packed. */
function read(png: Buffer): { width: number; height: number; packed: Buffer } {
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return {
    ...{ width: png.readUInt32BE(16), height: png.readUInt32BE(20) },
    packed: inflateSync(Buffer.concat(data)),
  };
}

describe('a chart as a picture', () => {
  it.each(Object.entries(chartSpecimens))('%s is drawn with its words', (_, { chart }) => {
    const picture = read(chartPicture(chart.medium));
    const wordless = read(chartPicture(chart.medium.replace(/<text[\s\S]*?<\/text>/g, '')));
    expect(picture.width).toBe(1_080);
    expect(picture.height).toBeGreaterThan(100);
    expect(picture.packed.equals(wordless.packed)).toBe(false);
  });

  it.each(Object.entries(chartSpecimens))('%s says of each word how large it is', (_, { chart }) => {
    const words = chart.wide.match(/<text[^>]*>/g)!;
    expect(words.filter((word) => !word.includes('font-size="'))).toEqual([]);
    expect(words.filter((word) => word.includes(' font="'))).toEqual([]);
  });

  it('is the same again', () => {
    const { chart } = chartSpecimens['cash forecast']!;
    expect(chartPicture(chart.medium)).toEqual(chartPicture(chart.medium));
  });
});
