import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { createImports, type Imports, userAuthority } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { importTurns } from './import-turns.js';
import { lookUpDuplicates } from './look-up-duplicates.js';
import { namesNow } from './names-now.js';
import { takeCsv } from './take-csv.js';

/** Runs imports in the process that serves: goes on with what was left running, and stops before the stores close. */
@Injectable()
export class ImportsHost implements OnApplicationBootstrap, OnModuleDestroy {
  readonly imports: Imports;

  constructor(
    @Inject(LEADLEDGER) private readonly ledger: Leadledger,
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
  ) {
    const { stores, people, write, clock, logger } = ledger;
    const turns = importTurns(stores);
    takeCsv(host.httpAdapter.getInstance<FastifyInstance>());
    this.imports = createImports({
      ...{ log: stores.log, executor: write.executor, records: write.records, people },
      settings: write.settings,
      duplicates: lookUpDuplicates(ledger),
      uploads: stores.uploads,
      ...(turns && { turns }),
      names: () => namesNow(people),
      authorityOf: (userId) => {
        const principal = people.directory.principalOf(userId);
        return principal && userAuthority(principal);
      },
      now: () => clock.now(),
      failed: (importId, error) =>
        logger.warn('An import broke off and will be gone on with.', { importId, error }),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.imports.resume();
    } catch (error) {
      this.ledger.logger.error('Imports left running could not be gone on with.', { error });
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.imports.stop();
  }
}
