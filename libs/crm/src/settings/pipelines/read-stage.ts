import { aRecord } from '../../record/record-type.js';
import { InputReading } from '../../record/values/input-reading.js';
import { isNameTaken } from '../parts/names.js';
import { readFieldNames } from '../parts/read-field-names.js';
import { readSlug } from '../parts/read-parts.js';
import { isRecordField } from '../record-fields.js';
import {
  type Settings,
  STAGE_MARKERS,
  type Stage,
  type StagedType,
  type StageMarker,
} from '../settings.js';
import type { StageInput } from './pipeline-commands.js';

/** Most stages of a pipeline, retired ones too. */
const MAX_STAGES = 50;

/** What a stage is worth where nothing is open any more. */
const DECIDED: Readonly<Partial<Record<StageMarker, number>>> = { won: 100, lost: 0 };

/** A stage in its full form, its parts checked one by one; `checkStages` checks it among its neighbours. */
export function readStage(
  reading: InputReading,
  input: StageInput,
  path: string,
  recordType: StagedType,
  settings: Settings,
): Stage {
  const at = (member: string) => (path === '' ? member : `${path}.${member}`);
  const marker = input.marker ?? 'open';
  reading.refuseUnless(
    STAGE_MARKERS[recordType].includes(marker),
    at('marker'),
    'invalid_marker',
    `A stage of ${aRecord(recordType)} pipeline is one of: ${STAGE_MARKERS[recordType].join(', ')}.`,
  );
  const decided = DECIDED[marker];
  const probability = input.probability ?? decided ?? 0;
  reading.refuseUnless(
    typeof probability === 'number' && probability >= 0 && probability <= 100,
    at('probability'),
    'out_of_range',
    'This must be from 0 to 100.',
  );
  reading.refuseUnless(
    decided === undefined || probability === decided,
    at('probability'),
    'decided_probability',
    `What is ${marker} is so with a probability of ${decided}.`,
  );
  return {
    id: readSlug(reading, input.id, at('id')),
    name: reading.name(input.name, at('name')),
    probability: probability === 0 ? 0 : probability,
    marker,
    requiredFields: readFieldNames(
      reading,
      input.requiredFields ?? [],
      at('requiredFields'),
      (name) => isRecordField(recordType, name, settings),
    ),
    retired: false,
  };
}

/** Refuses the name that another stage in use of the pipeline has. */
export function refuseStageName(
  reading: InputReading,
  stages: readonly Stage[],
  stage: Stage,
  path: string,
): void {
  const message = 'Another stage in use of the pipeline is called this.';
  const taken = stage.name !== '' && isNameTaken(stages, stage);
  reading.refuseUnless(!taken, path, 'duplicate_name', message);
}

/** What must hold of the stages in use of a pipeline. */
export function checkStages(reading: InputReading, stages: readonly Stage[], path: string): void {
  const inUse = stages.filter(({ retired }) => !retired);
  reading.refuseUnless(
    inUse.some(({ marker }) => marker === 'open'),
    path,
    'open_stage_needed',
    'A pipeline needs an open stage.',
  );
  reading.refuseUnless(
    stages.length <= MAX_STAGES,
    path,
    'too_many',
    `A pipeline has at most ${MAX_STAGES} stages, retired ones counted.`,
  );
}
