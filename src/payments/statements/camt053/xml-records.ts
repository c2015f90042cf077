import { SaxesParser } from 'saxes';

/** An element with what is in it. Names are without their prefix. */
export interface Element {
  name: string;
  namespace: string;
  attributes: Readonly<Record<string, string>>;
  text: string;
  children: Element[];
}

/** A whole element of a kind that was asked for, or the end of one that is read piece by piece. */
export interface XmlRecord {
  kind: 'root' | 'whole' | 'end';
  element: Element;
  /** The name of the element around it. */
  parent: string | null;
}

export class XmlMalformed extends Error {}

/** No element of a statement has more in it than this; a file that does is none. */
const MOST_CHILDREN = 10_000;

/**
 * Reads a document piece by piece: each element of one of the `wanted` names comes whole when it ends, and is then
 * forgotten, so that a file of any length needs little memory; of those `within` which they stand, only the end is
 * told. Entities other than XML’s own five are not resolved.
 * @throws XmlMalformed naming the line
 */
export async function* xmlRecords(
  chunks: AsyncIterable<Buffer>,
  wanted: ReadonlySet<string>,
  within: ReadonlySet<string>,
): AsyncGenerator<XmlRecord> {
  const found: XmlRecord[] = [];
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: Element[] = [];
  let inside = 0;
  parser.on('error', (error) => {
    throw new XmlMalformed(`line ${parser.line}: ${error.message.replace(/^[\d:]+ /, '')}`);
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    const element: Element = {
      ...{ name: local, namespace: uri, text: '', children: [] },
      attributes: Object.fromEntries(
        Object.values(attributes).map(({ local: name, value }) => [name, value]),
      ),
    };
    if (open.length === 0) found.push({ kind: 'root', element, parent: null });
    if (inside > 0) {
      const parent = open.at(-1)!;
      if (parent.children.length >= MOST_CHILDREN)
        throw new XmlMalformed(`line ${parser.line}: too many elements`);
      parent.children.push(element);
    }
    if (inside > 0 || wanted.has(local)) inside += 1;
    open.push(element);
  });
  parser.on('text', (text) => {
    if (inside > 0) open.at(-1)!.text += text;
  });
  parser.on('closetag', () => {
    const element = open.pop()!;
    if (inside > 0) inside -= 1;
    const parent = open.at(-1)?.name ?? null;
    if (inside === 0 && wanted.has(element.name)) found.push({ kind: 'whole', element, parent });
    else if (within.has(element.name)) found.push({ kind: 'end', element, parent });
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of chunks) {
    parser.write(decode(decoder, chunk));
    yield* found.splice(0);
  }
  parser.close();
  yield* found.splice(0);
}

function decode(decoder: TextDecoder, chunk: Buffer): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch {
    throw new XmlMalformed('the file is not in UTF-8');
  }
}

/** The first element at a path below this one. */
export function at(element: Element | undefined, ...path: string[]): Element | undefined {
  return path.reduce<Element | undefined>(
    (place, name) => place?.children.find((child) => child.name === name),
    element,
  );
}

/** The text at a path, trimmed; null where there is none. */
export function textAt(element: Element | undefined, ...path: string[]): string | null {
  const text = at(element, ...path)?.text.trim();
  return text === undefined || text === '' ? null : text;
}
