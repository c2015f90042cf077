/** An element: its name, what is inside, and its attributes. A child that is null is left out. */
export interface XmlElement {
  name: string;
  inside: string | readonly (XmlElement | null)[];
  attributes?: Readonly<Record<string, string>>;
}

export const element = (
  name: string,
  inside: XmlElement['inside'],
  attributes?: Readonly<Record<string, string>>,
): XmlElement => ({ name, inside, attributes });

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A document, two blanks for each level: the same elements are always the same bytes. */
export const xmlDocument = (root: XmlElement): string => `${DECLARATION}${written(root, '')}\n`;

function written({ name, inside, attributes = {} }: XmlElement, indent: string): string {
  const opening = `${indent}<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('')}>`;
  if (typeof inside === 'string') return `${opening}${escaped(inside)}</${name}>`;
  const lines = inside.flatMap((child) => (child ? [written(child, `${indent}  `)] : []));
  return [opening, ...lines, `${indent}</${name}>`].join('\n');
}

const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' },
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);
