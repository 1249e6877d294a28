import 'reflect-metadata';
import { Body, Controller, Get, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { fastifyOptions, nestLogger, pinoLogger, timeOrderedIds, useStrictJson } from '#platform';

/** The framework with nothing behind it: as much JSON in, as much JSON out. */
const answer: unknown = JSON.parse(process.env.BARE_ANSWER ?? '{}');
const logger = pinoLogger('error');

@Controller()
class BareController {
  @Get('ready')
  ready() {
    return {};
  }

  @Post('v1/leads')
  @HttpCode(201)
  capture(@Body() _body: unknown) {
    return answer;
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

const options = fastifyOptions({ bodyLimit: 1_048_576 }, { ids: timeOrderedIds, logger });
const adapter = new FastifyAdapter(options);
useStrictJson(adapter.getInstance());
const nest = await NestFactory.create<NestFastifyApplication>(BareModule, adapter, {
  bodyParser: false,
  logger: nestLogger(logger),
});
await nest.listen(Number(process.env.BARE_PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
