import { Controller, Get, Module } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { ProblemFilter, silentLogger } from '#platform';
import { unauthenticated } from '../authentication/unauthenticated.js';
import type { Role } from '../rights.js';
import { Open, Requires, SignedIn } from './access-metadata.js';
import { AuthGuard } from './auth.guard.js';
import { Principal } from './principal.decorator.js';

@Controller()
class Routes {
  @Get('open')
  @Open('A load balancer asks for it.')
  open(): string {
    return 'open';
  }

  @Get('open-but-asks')
  @Open('A mistake.')
  mistaken(@Principal() principal: Principal): string {
    return principal.userId;
  }

  @Get('forgotten')
  forgotten(): string {
    return 'forgotten';
  }

  @Get('me')
  @SignedIn('Everyone may see themselves.')
  me(@Principal() principal: Principal): string {
    return principal.userId;
  }

  @Get('edit')
  @Requires('edit', 'lead')
  edit(): string {
    return 'edit';
  }

  @Get('convert-contact')
  @Requires('convert', 'contact')
  convert(): string {
    return 'convert';
  }
}

@Controller('audit')
@Requires('audit')
class WholeController {
  @Get()
  list(): string {
    return 'audit';
  }
}

@Module({ controllers: [Routes, WholeController] })
class RoutesModule {}

let app: NestFastifyApplication;
beforeAll(async () => {
  const module = await Test.createTestingModule({ imports: [RoutesModule] }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), {
    logger: false,
  });
  const authenticate = async (authorization: string | undefined) => {
    if (!authorization) throw unauthenticated('token_missing', 'Send one.');
    const roles = [authorization.slice('Bearer '.length) as Role];
    return { userId: 'an', roles, teamIds: [], teamMemberIds: [], locale: 'vi' as const };
  };
  app.useGlobalGuards(new AuthGuard(new Reflector(), { authenticate, known: () => undefined }));
  app.useGlobalFilters(new ProblemFilter(silentLogger));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(() => app.close());

const get = (url: string, role?: string) =>
  app.inject({ url, headers: role ? { authorization: `Bearer ${role}` } : {} });

describe('a route', () => {
  it.each([
    ['/open', undefined, 200],
    ['/me', undefined, 401],
    ['/me', 'support', 200],
    ['/edit', undefined, 401],
    ['/edit', 'support', 403],
    ['/edit', 'salesperson', 200],
    ['/convert-contact', 'admin', 403],
    ['/audit', 'salesperson', 403],
    ['/audit', 'analyst', 200],
    ['/forgotten', undefined, 401],
    ['/forgotten', 'admin', 403],
  ])('%s answers %p with %i', async (url, role, status) => {
    expect((await get(url, role)).statusCode).toBe(status);
  });

  it('tells who is calling', async () => {
    expect((await get('/me', 'support')).body).toBe('an');
  });

  it('challenges with a problem when there is no token', async () => {
    const answer = await get('/me');
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="leadledger"');
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json()).toMatchObject({ status: 401, code: 'token_missing' });
  });

  it('says what is forbidden', async () => {
    expect((await get('/edit', 'support')).json()).toMatchObject({
      code: 'forbidden',
      action: 'edit',
      recordType: 'lead',
    });
  });

  it('that is open cannot ask who is calling', async () => {
    expect((await get('/open-but-asks', 'admin')).statusCode).toBe(500);
  });
});

describe('opening a route', () => {
  it('needs a reason', () => {
    expect(() => Open(' ')).toThrow('why');
    expect(() => SignedIn('')).toThrow('why');
  });
});
