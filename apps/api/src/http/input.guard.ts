import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { inputCheckOf } from './checks.js';

/** Refuses what a route does not take, once it is known who calls. Use it after the guard that asks for the caller. */
export class InputGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    inputCheckOf(context.getHandler())?.(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}
