// The recordings do not say how the log came to be as it was before a call. It is put so from what the answers show.
import { randomUUID } from 'node:crypto';

const TOMBSTONE = '9223372036854775807';
const UUID = /^<uuid(\d+)>/;
const POSITION = /^<pos(\d+)>$/;

export class Stage {
  #log;
  #bindings;
  /** Every event that an answer of the scenario shows, by stream and revision. */
  #shown = new Map();
  #byPosition = new Map();
  /** Events that no request of the scenario brings. */
  #early = [];
  /** Positions of what was put there. */
  made = new Set();

  constructor(log, bindings, scenario) {
    this.#log = log;
    this.#bindings = bindings;
    const sent = JSON.stringify(scenario.calls.map(({ request }) => request));
    for (const call of scenario.calls) {
      for (const event of eventsIn(call.responses ?? [])) {
        const key = `${event.streamRevision}@${event.streamIdentifier.streamName}`;
        const isNew = !this.#shown.has(key);
        if (isNew) this.#shown.set(key, event);
        const id = event.id.string ?? '';
        const isOwn = event.metadataMap.type.startsWith('$') || sent.includes(id);
        if (isNew && !isOwn && POSITION.test(event.commitPosition)) this.#early.push(event);
        const [, position] = POSITION.exec(event.commitPosition) ?? [];
        if (position) this.#byPosition.set(position, event);
      }
    }
  }

  length(stream) {
    return this.#log.stream(stream).length;
  }

  /** Fills a stream up to so many events. */
  fill(stream, count) {
    for (let n = this.length(stream); n < count; n += 1) {
      const shown = this.#shown.get(`${n}@${stream}`);
      if (shown) this.#happen(shown);
      else this.#store(stream, { type: 't', data: `{"n":${n}}` });
    }
  }

  /** Puts there what an answer shows before a position. */
  ensureBefore(position) {
    const [, number] = POSITION.exec(position ?? '') ?? [];
    if (number === undefined) return;
    const before = this.#early.filter((event) => numberOf(event) < Number(number));
    for (const event of before.sort((one, other) => numberOf(one) - numberOf(other)))
      this.ensure(event);
  }

  /** Makes that an event which an answer shows is there. */
  ensure(event) {
    const stream = event.streamIdentifier.streamName;
    if (event.streamRevision === TOMBSTONE) return this.tombstone(stream);
    if (this.length(stream) > Number(event.streamRevision)) return;
    this.fill(stream, Number(event.streamRevision));
    if (this.length(stream) <= Number(event.streamRevision)) this.#happen(event);
  }

  softDelete(stream) {
    if (this.length(stream) === 0) this.fill(stream, 1);
    if (!this.#log.isSoftDeleted(stream))
      this.made.add(this.#log.softDelete(stream, 'any').position);
  }

  tombstone(stream) {
    if (!this.#log.isTombstoned(stream)) this.made.add(this.#log.tombstone(stream, 'any').position);
  }

  truncate(stream, before) {
    this.#store(`$$${stream}`, { type: '$metadata', data: `{"$tb":${before}}` });
  }

  /** Events of no interest to any filter. */
  noise(count) {
    const shown = [...this.#shown.keys()].find((key) => key.includes('noise'));
    const stream = shown?.slice(shown.indexOf('@') + 1) ?? 'noise';
    for (let n = 0; n < count; n += 1) {
      const own = this.#shown.get(`${this.length(stream)}@${stream}`);
      if (own?.data) this.#happen(own);
      else this.#store(stream, { type: 'noise', data: '{"n":0}' });
    }
  }

  /** The next event of a type that an answer shows. */
  next(type) {
    const isNext = ({ metadataMap, streamIdentifier: { streamName }, streamRevision }) =>
      metadataMap.type === type && this.length(streamName) === Number(streamRevision);
    this.ensure(this.#early.find(isNext));
  }

  /** An event to begin behind. */
  begin() {
    this.#store('beginning', { type: 't', data: '{}' });
    this.#bindings.bindPosition('1', String(this.#log.events.at(-1).position));
  }

  live(stream) {
    this.fill(stream, this.length(stream) + 1);
  }

  /** Where an event is that no answer has shown yet. */
  positionOf(number) {
    const event = this.#byPosition.get(number);
    if (!event) return this.#beside(number);
    this.ensure(event);
    const stored = this.#log.stream(event.streamIdentifier.streamName);
    return String(stored[Number(event.streamRevision)].position);
  }

  /** One byte behind the event with the number before, or else the event before the one with the number behind. */
  #beside(number) {
    const before = this.#bindings.position(String(number - 1));
    if (before !== undefined) return String(Number(before) + 1);
    const [behind] = this.#early
      .filter((one) => numberOf(one) > Number(number))
      .sort((one, other) => numberOf(one) - numberOf(other));
    this.ensure(behind);
    const { streamName } = behind.streamIdentifier;
    const at = this.#log.events.indexOf(
      this.#log.stream(streamName)[Number(behind.streamRevision)],
    );
    const { position } = this.#log.events[at - 1];
    this.#bindings.bindPosition(number, String(position));
    return String(position);
  }

  #happen(event) {
    const stream = event.streamIdentifier.streamName;
    if (stream.startsWith('$$') && event.data.includes(TOMBSTONE))
      return this.softDelete(stream.slice(2));
    const [, uuid] = UUID.exec(event.id.string ?? event.id.structured) ?? [];
    const { type } = event.metadataMap;
    const json = event.metadataMap['content-type'] === 'application/json';
    const { data = '', customMetadata: metadata = '' } = event;
    this.#store(stream, { type, json, data, metadata, id: uuid && this.#bindings.uuid(uuid) });
  }

  #store(stream, { id = randomUUID(), type, data, metadata = '', json = true }) {
    const proposed = { id, type, json, data: Buffer.from(data), metadata: Buffer.from(metadata) };
    const last = this.length(stream) - 1;
    const expected = last < 0 ? 'no_stream' : BigInt(last);
    const { position } = this.#log.append(stream, expected, [proposed]);
    this.made.add(position);
  }
}

function numberOf({ commitPosition }) {
  return Number(POSITION.exec(commitPosition)[1]);
}

export function eventsIn(responses) {
  return responses
    .filter((response) => typeof response === 'object' && response.event)
    .flatMap(({ event }) => [event.event, event.link].filter(Boolean));
}
