import { isToldStream, type Recorded } from '#crm';

/** An event as integrators read it. */
export type FedEvent = Pick<
  Recorded,
  'position' | 'id' | 'type' | 'stream' | 'revision' | 'data' | 'metadata' | 'erased'
>;

/** The members of an event that are told. */
export function fed(event: Recorded): FedEvent {
  const { position, id, type, stream, revision, data, metadata, erased } = event;
  return { position, id, type, stream, revision, data, metadata, ...(erased && { erased }) };
}

/** Events that are told. */
export function isTold({ stream }: Pick<Recorded, 'stream'>): boolean {
  return isToldStream(stream);
}

/** An event in the form of server-sent events; its id is its position, to go on from. */
export function serverSent(event: Recorded): string {
  return `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(fed(event))}\n\n`;
}
