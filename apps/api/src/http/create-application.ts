import rateLimit from '@fastify/rate-limit';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AuthGuard } from '#access';
import {
  fastifyOptions,
  nestLogger,
  observeRequests,
  rateLimitOptions,
  refuseEncoded,
  refuseUnknownMethod,
  useStrictJson,
  watchRoutes,
} from '#platform';
import { apiModule } from '../api.module.js';
import type { Leadledger } from '../composition/leadledger.js';
import { setUpDocs } from '../openapi/set-up-docs.js';
import { ApiProblemFilter } from './api-problem.filter.js';
import { createDrain, type Drain } from './drain.js';
import { InputGuard } from './input.guard.js';
import { allowLargeBodies } from './large-bodies.js';
import { addSecurityHeaders } from './security-headers.js';

/** What listens, and how it stops. */
export interface Application {
  readonly nest: NestFastifyApplication;
  readonly drain: Drain;
  /** Every route that is registered, as `GET /v1/leads/:id`. */
  readonly routes: readonly string[];
}

/** The HTTP side of a product that is put together: its routes, and what every request goes through. */
export async function createApplication(ledger: Leadledger): Promise<Application> {
  const { config, logger, ids, authenticator, metrics } = ledger;
  const adapter = new FastifyAdapter(fastifyOptions(config, { ids, logger }));
  const fastify: FastifyInstance = adapter.getInstance();
  useStrictJson(fastify);
  // Before whatever may refuse a request.
  await addSecurityHeaders(fastify);
  const routes: string[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    routes.push(...[method].flat().map((one) => `${one} ${url}`));
  });
  const drain = createDrain(fastify);
  observeRequests(fastify, { metrics, logger });
  fastify.addHook('onRequest', refuseUnknownMethod(watchRoutes(fastify)));
  fastify.addHook('onRequest', refuseEncoded);
  allowLargeBodies(fastify, authenticator);
  if (config.rateLimit > 0) {
    const callerOf = (authorization: string | undefined) => {
      const principal = authenticator.known(authorization);
      return principal && `user:${principal.userId}`;
    };
    await fastify.register(
      rateLimit,
      rateLimitOptions(config.rateLimit, ({ headers }) => callerOf(headers.authorization)),
    );
  }
  const nest = await NestFactory.create<NestFastifyApplication>(apiModule(ledger, drain), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: nestLogger(logger),
  });
  nest.useGlobalFilters(new ApiProblemFilter(logger));
  nest.useGlobalGuards(new AuthGuard(new Reflector(), authenticator), new InputGuard());
  setUpDocs(nest);
  return { nest, drain, routes };
}
