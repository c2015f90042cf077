import type { Letter, LetterTable } from './letter-parts.js';

const WIDTH = 72;

/** A letter as plain text, wrapped at 72 columns; addresses stay whole. */
export function letterText(letter: Letter): string {
  const { greeting, paragraphs, facts, picture, table, action, links = [], closing, why } = letter;
  const parts = [
    wrap(greeting),
    ...paragraphs.map((paragraph) => wrap(paragraph)),
    ...(facts?.length ? [factsText(facts)] : []),
    ...(picture ? [wrap(`${picture.title}. ${picture.description}`)] : []),
    ...(table ? [...(table.title ? [wrap(table.title)] : []), tableText(table)] : []),
    ...[...(action ? [action] : []), ...links].map(({ label, url }) => `${label}:\n${url}`),
    ...(closing ? [wrap(closing)] : []),
    `-- \n${wrap(why)}\nTributary`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Breaks lines between words. A word longer than the line, such as an address, stands alone and whole. */
export function wrap(text: string, indent = ''): string {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(/\s+/).filter(Boolean)) {
      if (line && indent.length + line.length + 1 + word.length > WIDTH) {
        lines.push(line);
        line = word;
      } else {
        line = line ? `${line} ${word}` : word;
      }
    }
    lines.push(line);
  }
  return lines.map((line) => `${indent}${line}`.trimEnd()).join('\n');
}

function factsText(facts: [string, string][]): string {
  const width = Math.max(...facts.map(([label]) => label.length)) + 2;
  return facts
    .map(([label, value]) => {
      const line = `${`${label}:`.padEnd(width)}${value}`;
      return line.length <= WIDTH ? line : `${label}:\n${wrap(value, '  ')}`;
    })
    .join('\n');
}

/** Columns side by side where they fit, figures to the right; else one row after the other, label by label. */
function tableText({ headings, rows, numeric = [] }: LetterTable): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const total = widths.reduce((sum, width) => sum + width + 2, -2);
  if (total > WIDTH) {
    return rows
      .map((row) => factsText(headings.map((heading, column) => [heading, row[column] ?? ''])))
      .join('\n\n');
  }
  const line = (cells: string[]) =>
    cells
      .map((cell, column) =>
        numeric.includes(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
