import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '#crm';
import type { Authenticator } from '../authentication/authenticator.js';
import { forbidden, mayAtAll } from '../may.js';
import { ACCESS, type Access } from './access-metadata.js';
import { rememberCaller } from './caller.js';

/**
 * Keeps every route closed that nothing opens (PRODUCT.md P11): `@Open`, `@SignedIn` or `@Requires` on the handler, or
 * on its controller. Use it as a global guard.
 */
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, targets);
    if (access?.to === 'everyone') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = await this.authenticator.authenticate(request.headers.authorization);
    rememberCaller(request, principal);
    if (!access) throw new Refusal('forbidden', 'forbidden', 'No right opens this address.');
    if (access.to === 'those-who-may' && !mayAtAll(principal, access.action, access.recordType)) {
      throw forbidden(access.action, access.recordType);
    }
    return true;
  }
}
