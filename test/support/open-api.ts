import { Ajv, type ValidateFunction } from 'ajv';
import formatsModule from 'ajv-formats';
import type { OpenAPIObject } from '@nestjs/swagger';

type Schema = Record<string, unknown>;
type Operation = { responses?: Record<string, { content?: Record<string, { schema?: Schema }> }> };

// The package is CommonJS: its function is the namespace itself, or its default.
const addFormats = (formatsModule as unknown as { default: (ajv: Ajv) => Ajv }).default ?? formatsModule;

/**
 * Holds answers to the OpenAPI document: the status must be documented, and the body must have exactly the fields
 * that the document says, of the types that it says.
 */
export class Contract {
  private readonly ajv = new Ajv({ strict: false, allErrors: true });
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly paths: { matcher: RegExp; template: string; operations: Record<string, Operation> }[];

  constructor(document: OpenAPIObject) {
    addFormats(this.ajv);
    const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
    for (const [name, schema] of Object.entries(schemas)) {
      this.ajv.addSchema(asJsonSchema(schema), `#/components/schemas/${name}`);
    }
    this.paths = Object.entries(document.paths).map(([template, operations]) => ({
      matcher: new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`),
      template,
      operations: operations as unknown as Record<string, Operation>,
    }));
    // `/me` before `/{id}`: the more literal of two templates is the one that is meant.
    this.paths.sort((a, b) => a.template.split('{').length - b.template.split('{').length);
  }

  /** What is wrong with an answer, or nothing. Problems (RFC 9457) are held to their own schema. */
  complaint(
    method: string,
    url: string,
    status: number,
    contentType: string,
    body: unknown,
  ): string | undefined {
    const path = url.split('?')[0]!;
    const found = this.paths.find(
      ({ matcher, operations }) => matcher.test(path) && operations[method.toLowerCase()],
    );
    if (!found) return status === 404 ? undefined : `${method} ${path} is not in the OpenAPI document`;
    if (contentType.includes('problem+json')) return this.check('problem', problemSchema, body);
    if (status >= 400 || !contentType.includes('application/json')) return undefined;
    const documented = found.operations[method.toLowerCase()]!.responses?.[String(status)];
    if (!documented) return `${method} ${found.template} does not document the answer ${status}`;
    const schema = documented.content?.['application/json']?.schema;
    if (!schema) return `${method} ${found.template} does not document what it answers`;
    return this.check(`${method} ${found.template} ${status}`, schema, body);
  }

  private check(name: string, schema: Schema, body: unknown): string | undefined {
    const validate = this.validators.get(name) ?? this.ajv.compile(asJsonSchema(schema));
    this.validators.set(name, validate);
    if (validate(body)) return undefined;
    return `${name}: ${this.ajv.errorsText(validate.errors)}`;
  }
}

const problemSchema: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'errors', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', minLength: 1 },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string', minLength: 1 },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message'],
        properties: {
          // RFC 6901: the empty pointer is the whole input.
          pointer: { type: 'string', pattern: '^(/|$)' },
          code: { type: 'string' },
          message: { type: 'string', minLength: 1 },
        },
      },
    },
    requestId: { type: 'string' },
  },
};

/** OpenAPI 3.0 says `nullable`; JSON Schema says `anyOf … null`. An object has the fields it names, and no others. */
function asJsonSchema(schema: unknown): Schema {
  if (Array.isArray(schema)) return schema.map(asJsonSchema) as unknown as Schema;
  if (schema === null || typeof schema !== 'object') return schema as Schema;
  const { nullable, example: _, ...rest } = schema as Schema;
  const inner = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, key === 'enum' ? value : asJsonSchema(value)]),
  );
  const closed =
    inner.properties !== undefined && inner.additionalProperties === undefined
      ? { ...inner, additionalProperties: false }
      : inner;
  return nullable ? { anyOf: [closed, { type: 'null' }] } : closed;
}
