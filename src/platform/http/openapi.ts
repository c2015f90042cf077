import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Config } from '../config/config.js';

/** The OpenAPI document of the API, generated from the routes, their inputs and their answers. */
export function openApiDocument(app: INestApplication, config: Config): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setTitle('Tributary')
    .setDescription(
      'Pooled funding for coalitions, to the cent. Money is a decimal string with exactly the currency’s digits; ' +
        'dates are calendar dates, instants are UTC. What moves money takes an `Idempotency-Key`; a change of ' +
        'something versioned takes the `ETag` you read as `If-Match`. Errors are RFC 9457 problems.',
    )
    .setVersion('1.0.0')
    .setLicense('AGPL-3.0-only', 'https://www.gnu.org/licenses/agpl-3.0.html')
    .addServer(config.publicUrl)
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'An API token with the scope read or write',
    })
    .build();
  const document = SwaggerModule.createDocument(app, settings, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  // Pages are for people: the document holds the API only.
  document.paths = Object.fromEntries(
    Object.entries(document.paths).filter(([path]) => path.startsWith('/api/')),
  );
  return document;
}

/** Serves the document and its readable form. */
export function serveOpenApi(app: INestApplication, config: Config): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup('api/docs', app, () => (document ??= openApiDocument(app, config)), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Tributary API',
  });
}
