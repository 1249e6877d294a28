import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { buildDocument } from './build-document.js';

/** Serves the API description at `/docs` and `/docs/openapi.json`. It is built when it is first asked for. */
export function setUpDocs(nest: NestFastifyApplication): void {
  SwaggerModule.setup('docs', nest, () => buildDocument(nest), {
    jsonDocumentUrl: 'docs/openapi.json',
    yamlDocumentUrl: 'docs/openapi.yaml',
    customSiteTitle: 'Leadledger API',
  });
}
