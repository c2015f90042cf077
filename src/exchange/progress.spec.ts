import { expect, it } from '@jest/globals';
import { Progress } from './progress.js';

function written(isTTY: boolean, columns = 80) {
  const texts: string[] = [];
  const progress = new Progress({ isTTY, columns, write: (text) => texts.push(text) }, 4);
  return { progress, texts };
}

it('draws one bar over and over on a terminal, never wider than it, and takes it away', () => {
  const { progress, texts } = written(true, 44);
  progress.show(1, 'A fund with a long name');
  progress.end();
  expect(texts).toEqual([`\r\u001B[2K${'█'.repeat(7)}${'░'.repeat(23)} 1 of 4  A fu`, '\r\u001B[2K']);
});

it('writes plain lines where nobody can draw', () => {
  const { progress, texts } = written(false);
  progress.show(0, 'Sudan');
  progress.show(3, 'Haiti');
  progress.end();
  expect(texts).toEqual(['1 of 4: Sudan\n', '4 of 4: Haiti\n']);
});
