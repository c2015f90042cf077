/** A run of letters inside a line. */
export interface Span {
  text: string;
  isStrong?: true;
  /** Only https and http: nothing that a link could run. */
  href?: string;
}

export type Block =
  | { kind: 'heading'; spans: Span[] }
  | { kind: 'paragraph'; spans: Span[] }
  | { kind: 'list'; items: Span[][] };

const inline = /\*\*(?<strong>[^*\n]+)\*\*|\[(?<label>[^\]\n]+)\]\((?<href>https?:\/\/[^\s()]+)\)/g;

function spansOf(line: string): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const match of line.matchAll(inline)) {
    if (match.index > at) spans.push({ text: line.slice(at, match.index) });
    const { strong, label, href } = match.groups!;
    spans.push(strong === undefined ? { text: label!, href: href! } : { text: strong, isStrong: true });
    at = match.index + match[0].length;
  }
  if (at < line.length) spans.push({ text: line.slice(at) });
  return spans;
}

/**
 * Reads a text with the little mark-up that a page needs: `## heading`, `- item`, `**strong**`,
 * `[label](https://address)`, and an empty line between paragraphs. Everything else is text.
 */
export function readLightText(text: string): Block[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap(blocksOf);
}

function blocksOf(part: string): Block[] {
  const blocks: Block[] = [];
  for (const line of part.split('\n')) {
    const last = blocks.at(-1);
    if (/^##? /.test(line)) blocks.push({ kind: 'heading', spans: spansOf(line.replace(/^##? /, '')) });
    else if (/^[-*] /.test(line)) {
      const item = spansOf(line.slice(2));
      if (last?.kind === 'list') last.items.push(item);
      else blocks.push({ kind: 'list', items: [item] });
    } else if (last?.kind === 'paragraph') last.spans.push({ text: ' ' }, ...spansOf(line));
    else blocks.push({ kind: 'paragraph', spans: spansOf(line) });
  }
  return blocks;
}
