import type { DomainEvent } from '../kernel/event.js';
import { defineEvent, type EventDefinition } from '../kernel/event-definition.js';
import type { StagePlace } from './staged-state.js';

export type StageChangedData = {
  readonly from: StagePlace;
  readonly to: StagePlace;
  /** How long the record stood in the stage that it left, in milliseconds. */
  readonly stoodMs: number;
  readonly reason?: string;
  /** Of opportunities: what the stage entered is worth, 0–100. Absent from events that were written before it was kept. */
  readonly stageProbability?: number;
};
export type LostData = {
  readonly reason: string;
  readonly detail?: string;
};
export type WonData = Readonly<Record<string, never>>;
export type ReopenedData = { readonly reason?: string };

type StagedName = 'Lead' | 'Opportunity';

/** The events of moving through stages, with the record type's name in front. */
export type StagedEvent<Name extends StagedName = StagedName> =
  | DomainEvent<`${Name}StageChanged`, StageChangedData>
  | DomainEvent<`${Name}Lost`, LostData>
  | DomainEvent<`${Name}Reopened`, ReopenedData>
  | DomainEvent<'OpportunityWon', WonData>;

/** Their definitions. Reasons are free text beside the catalogue's and count as personal. */
export function stagedEventDefinitions(name: StagedName): readonly EventDefinition[] {
  const noun = name.toLowerCase();
  const sealed = (...paths: string[]) => ({ paths, changedFields: [] });
  return [
    defineEvent(`${name}StageChanged`, `The ${noun} moved to another stage.`, sealed('reason')),
    defineEvent(`${name}Lost`, `The ${noun} was given up, with a reason.`, sealed('detail')),
    defineEvent(`${name}Reopened`, `The closed ${noun} is worked on again.`, sealed('reason')),
  ];
}
