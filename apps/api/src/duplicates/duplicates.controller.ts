import { Controller, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import { type Cluster, type ClusterCount, DUPLICATES, type Noise, type Walked } from '#read-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { caughtUp } from '../reading/caught-up.js';
import { someDeletable } from './deletable.js';
import {
  CLUSTERS,
  type Clusters,
  COUNTED,
  type Counted,
  EXAMPLES,
  OF_TYPE,
  type OfType,
} from './duplicate-schemas.js';

const OWN =
  'Records that you may not delete are left out, and so is what is left with fewer than two: a page may then be short and still have a next.';

/** Records that may be the same (PRODUCT.md P4). */
@ApiTags('duplicates')
@Controller('v1/duplicates')
export class DuplicatesController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('GET', '', {
    summary: 'Lists clusters of records that share a key',
    description: `In order of the keys. A record that was merged away is there as the one that stands for it. Pairs that were skipped are named, and a cluster of nothing else is not listed. ${OWN}`,
    access: Requires('delete'),
    query: CLUSTERS,
    answer: {
      description: 'A page.',
      schema: 'ClusterPage',
      example: { items: [EXAMPLES.cluster] },
    },
    refusals: [503],
  })
  async list(
    @Query() { after, ...asked }: Clusters,
    @Call() { request }: Call,
  ): Promise<Walked<Cluster>> {
    const access = someDeletable(request, asked.type);
    await caughtUp(this.ledger, after, [DUPLICATES.name]);
    return this.ledger.read.queries.listClusters({ ...asked, access });
  }

  @Route('GET', 'counts', {
    summary: 'Counts clusters by kind of key',
    description:
      'Kinds without clusters are left out. Of each kind up to 10,000 are counted; then the answer is not complete.',
    access: Requires('delete'),
    query: COUNTED,
    answer: {
      description: 'How many there are.',
      schema: 'ClusterCounts',
      example: { items: [EXAMPLES.count], complete: true },
    },
    refusals: [503],
  })
  async counts(
    @Query() { type, after }: Counted,
    @Call() { request }: Call,
  ): Promise<{ readonly items: readonly ClusterCount[]; readonly complete: boolean }> {
    const access = someDeletable(request, type);
    await caughtUp(this.ledger, after, [DUPLICATES.name]);
    const { counts, complete } = await this.ledger.read.queries.countClusters({ type, access });
    return { items: counts, complete };
  }

  @Route('GET', 'noise', {
    summary: 'Lists keys that too many records share',
    description: `Such as the number of a switchboard: with more than 50 records they make no cluster. Those of most records first. ${OWN}`,
    access: Requires('delete'),
    query: OF_TYPE,
    answer: { description: 'A page.', schema: 'NoisePage', example: { items: [EXAMPLES.noise] } },
    refusals: [503],
  })
  async noise(
    @Query() { after, ...asked }: OfType,
    @Call() { request }: Call,
  ): Promise<Walked<Noise>> {
    const access = someDeletable(request, asked.type);
    await caughtUp(this.ledger, after, [DUPLICATES.name]);
    return this.ledger.read.queries.listNoise({ ...asked, access });
  }
}
