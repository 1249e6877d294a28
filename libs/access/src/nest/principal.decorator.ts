import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal as PrincipalShape } from '../principal.js';
import { callerOf } from './caller.js';

/** The parameter that receives who is calling: `@Principal() principal: Principal`. */
export const Principal = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
/** The type goes by the same name, so that one import serves both. */
export type Principal = PrincipalShape;
