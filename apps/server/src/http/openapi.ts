import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Settings } from '../settings/settings.js';
import { sessionCookie } from '../sessions/session-cookie.js';

/** The OpenAPI description of all endpoints. */
export function openApiOf(app: INestApplication, { baseUrl }: Pick<Settings, 'baseUrl'>): OpenAPIObject {
  const description =
    '`/v2` follows the Camunda 8.8 Orchestration Cluster REST API; `/api` is what that standard lacks. Errors are `application/problem+json`.';
  const config = new DocumentBuilder()
    .setTitle('Changtong')
    .setDescription(description)
    .setVersion('0.1.0')
    .addServer(baseUrl)
    .addCookieAuth(sessionCookie)
    .addBasicAuth()
    .build();
  return SwaggerModule.createDocument(app, config);
}

/** Serves it at `/api/openapi.json`, with `pages` browsable at `/api/docs`. */
export function serveOpenApi(app: INestApplication, settings: Settings, pages: boolean): void {
  SwaggerModule.setup('api/docs', app, () => openApiOf(app, settings), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
    ui: pages,
  });
}
