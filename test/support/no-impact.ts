/**
 * What would attribute impact to a funder. A funder has a share of money, and of nothing else: what was reached is the
 * coalition's. So no field is named for it, and no object that names a funder, or somebody's share, holds a result too.
 */
export interface NamedFields {
  /** Of a schema, a table of an export, or a path. */
  name: string;
  fields: readonly string[];
}

/** Words of impact itself, or of ascribing something; money is attributed by a pool's rule, which is a word of its own. */
const impact = /impact|attribut/i;
const ofMoney = /^(attributionRule|attributed(Spend|Paid|To)?|attribution(Id|s)?)$/;

/** Whose the money is, or a part of it. */
const funder = /^(funder|pledge|contribution|donor)(s|Id|Ids|Name)?$|share/i;
/** What was reached: readings, and the curves and counts that are made of them. */
const result =
  /^(reading|indicator|measure|outcome|beneficiar|reach|baseline|curve|series|quantity|people|result)/i;
/** A result that is said to be somebody's, in one word: "funderOutcomes", "outcomeOfFunder". */
const inOneWord =
  /(funder|pledge|contribution|donor|share)\w*(impact|outcome|reading|indicator|result|reach)|(impact|outcome|reading|indicator|result|reach)\w*(funder|pledge|contribution|donor)/i;

/** A sentence for each place where impact would be attributed to a funder. */
export function attributions(all: readonly NamedFields[]): string[] {
  return all.flatMap(({ name, fields }) => {
    const worded = fields
      .filter((field) => (impact.test(field) && !ofMoney.test(field)) || inOneWord.test(field))
      .map((field) => `${name}.${field} attributes by its name`);
    const whose = fields.filter((field) => funder.test(field));
    const results = fields.filter((field) => result.test(field));
    return whose.length > 0 && results.length > 0
      ? [...worded, `${name} says ${results.join(', ')} beside ${whose.join(', ')}`]
      : worded;
  });
}

interface Schema {
  type?: string;
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
}

export interface ApiDocument {
  paths: Record<
    string,
    Record<string, { parameters?: { name: string }[]; responses?: object; requestBody?: object }>
  >;
  components: { schemas: Record<string, Schema> };
}

/** Every object that the API takes or gives, those without a name of their own too, and what each route is asked by. */
export function objectsOf({ paths, components }: ApiDocument): NamedFields[] {
  const found: NamedFields[] = [];
  const walk = (name: string, schema: Schema | undefined): void => {
    if (!schema || typeof schema !== 'object') return;
    if (schema.properties) found.push({ name, fields: Object.keys(schema.properties) });
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties')
        for (const [field, inner] of Object.entries(value as Record<string, Schema>))
          walk(`${name}.${field}`, inner);
      else if (Array.isArray(value)) value.forEach((inner) => walk(name, inner as Schema));
      else if (typeof value === 'object') walk(name, value as Schema);
    }
  };
  for (const [name, schema] of Object.entries(components.schemas)) walk(name, schema);
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { parameters = [], responses, requestBody }] of Object.entries(operations)) {
      const words = path.split('/').filter((word) => word !== '' && !word.startsWith('{'));
      const name = `${method.toUpperCase()} ${path}`;
      found.push({ name, fields: [...words, ...parameters.map((one) => one.name)] });
      walk(`${name} answers`, responses);
      walk(`${name} takes`, requestBody);
    }
  }
  return found;
}

/** The headings of every list as CSV: the fields of its items, those of objects in them in one word with theirs. */
export function headingsOf({ components: { schemas } }: ApiDocument): NamedFields[] {
  const named = (schema: Schema): Schema => {
    const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
    return ref ? schemas[ref.split('/').at(-1)!]! : schema;
  };
  const flat = (schema: Schema, levels: number): string[] =>
    Object.entries(named(schema).properties ?? {}).flatMap(([field, inner]) => {
      const of = named(inner);
      if (!of.properties || levels === 0) return [field];
      if ('currency' in of.properties) return [field, `${field}Currency`];
      return flat(of, levels - 1).map((under) => field + under.charAt(0).toUpperCase() + under.slice(1));
    });
  return Object.entries(schemas).flatMap(([name, { properties }]) => {
    const item = properties?.items?.items;
    return item && properties.nextCursor ? [{ name: `${name} as CSV`, fields: flat(item, 4) }] : [];
  });
}
