import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbeddedKeyRing } from '#event-store';
import { type Config, readConfig } from '#platform';
import { missingEmbeddedIndexes, openEmbeddedReadStore } from '#read-store';
import { type ExaminedMongo, examineMongo } from '../../../api/src/composition/examine-mongo.js';
import { readServerNote } from '../../../api/src/server-file.js';
import { examined, type Finding } from './finding.js';
import { lookAtConfiguration } from './look-at-configuration.js';
import { lookAtEvents } from './look-at-events.js';
import { lookAtFolder } from './look-at-folder.js';
import { lookAtIndexes } from './look-at-indexes.js';
import { lookAtLeases } from './look-at-leases.js';
import { type LogStanding, lookAtReadModels } from './look-at-read-models.js';

const OPEN_MS = 8_000;

/** Looks at everything that is configured, whatever is wrong with one part, and changes nothing. */
export async function examine(environment: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const config = await examined('configuration', findings, async () => readConfig(environment));
  if (!config) return findings;
  findings.push(lookAtConfiguration(environment));
  const { dataFolder, eventStoreUrl, mongoUrl } = config;
  const shared = eventStoreUrl !== undefined && mongoUrl !== undefined;
  await examined('data folder', findings, async () => {
    findings.push(await lookAtFolder(dataFolder, !shared));
    const note = await readServerNote(dataFolder);
    if (note) findings.push({ part: 'server', status: 'ok', detail: `listens on ${note.url}.` });
  });
  const log = await examined('event store', findings, () => lookAtEvents(config, findings));
  if (!shared) await examined('key ring', findings, () => lookAtKeysFile(config, findings));
  if (mongoUrl === undefined) {
    await examined('read store', findings, () => lookAtReadFile(config, log, findings));
    return findings;
  }
  const mongo = await examined('MongoDB', findings, () => examineMongo(mongoUrl, OPEN_MS));
  if (!mongo) return findings;
  try {
    await lookAtMongo(mongo, log, shared, findings);
  } finally {
    await mongo.close();
  }
  return findings;
}

async function lookAtKeysFile({ dataFolder: folder }: Config, findings: Finding[]): Promise<void> {
  if (!existsSync(join(folder, 'keys.db'))) {
    findings.push({ part: 'key ring', status: 'note', detail: 'None yet; a start makes one.' });
    return;
  }
  const ring = await openEmbeddedKeyRing({ folder, readOnly: true });
  await ring.load([]);
  await ring.close();
  findings.push({ part: 'key ring', status: 'ok', detail: 'embedded.' });
}

async function lookAtReadFile(
  { dataFolder: folder }: Config,
  log: LogStanding | undefined,
  findings: Finding[],
): Promise<void> {
  if (!existsSync(join(folder, 'read.db'))) {
    findings.push({ part: 'read store', status: 'note', detail: 'None yet; a start builds it.' });
    return;
  }
  const readStore = openEmbeddedReadStore({ folder, readOnly: true });
  try {
    findings.push({ part: 'read store', status: 'ok', detail: 'embedded.' });
    const { findings: found, standing } = await lookAtReadModels(readStore, log);
    const collections = standing.flatMap((model) => model.collections);
    const missing = missingEmbeddedIndexes(folder, collections);
    findings.push(...found, lookAtIndexes(missing, 'leadledger rebuild makes them'));
  } finally {
    await readStore.close();
  }
}

async function lookAtMongo(
  mongo: ExaminedMongo,
  log: LogStanding | undefined,
  shared: boolean,
  findings: Finding[],
): Promise<void> {
  const { place, version, readStore, leases, hasKeyRing } = mongo;
  findings.push({ part: 'MongoDB', status: 'ok', detail: `${version} at ${place}.` });
  if (shared) {
    // Without it, what was sealed reads as erased.
    const missing = !hasKeyRing && (log?.head ?? -1) >= 0;
    const detail = hasKeyRing ? 'on MongoDB.' : 'None there yet.';
    findings.push({ part: 'key ring', status: missing ? 'note' : 'ok', detail });
  }
  await examined('read models', findings, async () => {
    const { findings: found, standing } = await lookAtReadModels(readStore, log);
    findings.push(...found);
    const missing = await mongo.missingIndexes(standing.flatMap(({ collections }) => collections));
    findings.push(lookAtIndexes(missing, 'a start makes them'));
  });
  await examined('leases', findings, async () => {
    findings.push(...(await lookAtLeases(leases)));
  });
}
