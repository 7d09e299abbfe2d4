import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { rootFolder } from '../settings/root-folder.js';
import type { Settings } from '../settings/settings.js';
import { sessionCookie } from '../sessions/session-cookie.js';

/** The OpenAPI description of all endpoints, as far as their decorators give it. */
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

/**
 * Serves the published description at `/api/openapi.json`, with `pages` browsable at `/api/docs`. It is `docs/openapi.json`,
 * which `npm run openapi` completes with what only the sources tell: answers, texts, errors and examples.
 */
export function serveOpenApi(app: INestApplication, settings: Settings, pages: boolean): void {
  SwaggerModule.setup('api/docs', app, () => publishedAt(settings.baseUrl), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
    ui: pages,
  });
}

function publishedAt(url: string): OpenAPIObject {
  const published = JSON.parse(readFileSync(join(rootFolder(), 'docs', 'openapi.json'), 'utf8')) as OpenAPIObject;
  return { ...published, servers: [{ url }] };
}
