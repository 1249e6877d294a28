// What must be there before a request, told from its answer.
import { eventsIn } from './stage.mjs';

const BEYOND_ALL = '9223372036854775807';
const byPosition = (one, other) => numberOf(one) - numberOf(other);
const numberOf = ({ commitPosition }) => Number(/\d+/.exec(commitPosition)?.[0] ?? 0);

/** Before a call with one request, or with all of them at once. */
export function prepareCall(stage, call) {
  const { label, method, request = [], responses = [], status, trailers } = call;
  const [first = {}] = request;
  const options = first.options ?? {};
  const stream = streamOf(options);
  const { position = responses[0]?.position } = responses[0]?.success ?? {};
  stage.ensureBefore(position?.commitPosition);
  if (method === 'Streams/Read') return prepareRead(stage, label, options, responses, status);
  if (/is deleted|HTTP status code 500/.test(status?.details ?? '')) {
    if (options.streamExists) stage.softDelete(stream);
    else stage.tombstone(stream.replace(/^\$\$/, ''));
  }
  const actual = Number(trailers?.['actual-version'] ?? -1);
  stage.fill(stream, actual + 1);
  if (status?.code !== 0) return;
  if (method === 'Streams/Append')
    prepareWrite(stage, options, request.length - 1, responses[0], label);
  else if (options.revision !== undefined) stage.fill(stream, Number(options.revision) + 1);
  else if (options.streamExists || (options.any && method === 'Streams/Delete'))
    stage.fill(stream, 1);
}

/** Before one request of a `BatchAppend`. */
export function prepareBatch(stage, request, responses) {
  const own = responses.find(
    ({ correlationId }) => JSON.stringify(correlationId) === JSON.stringify(request.correlationId),
  );
  if (!own || !request.options) return;
  const type = own.error?.details?.typeUrl ?? '';
  const stream = streamOf(request.options);
  if (type.endsWith('StreamDeleted')) {
    if (request.options.streamExists) stage.softDelete(stream);
    else stage.tombstone(stream);
  } else if (type.endsWith('WrongExpectedVersion')) {
    const { currentStreamRevision: current = '-1' } = own.error.details.value;
    stage.fill(stream, Number(current) + 1);
  } else if (own.success) {
    prepareWrite(stage, request.options, request.proposedMessagesList?.length ?? 0, own);
  }
}

function prepareWrite(stage, options, count, answer, label = '') {
  const stream = streamOf(options);
  const wrong = answer?.wrongExpectedVersion;
  if (wrong) return stage.fill(stream, Number(wrong.currentRevision ?? -1) + 1);
  const { currentRevision = '-1', noPosition } = answer?.success ?? {};
  const before = Number(currentRevision) + 1 - count;
  // What is answered without a position was stored before, and its stream deleted: the caller does that.
  if (noPosition) return;
  if (
    before > stage.length(stream) ||
    (options.noStream && before > 0 && stage.length(stream) === before)
  ) {
    stage.fill(stream, before);
    if (before > 0 && (options.noStream || label.startsWith('soft-deleted')))
      stage.softDelete(stream);
  }
}

function prepareRead(stage, label, options, responses, status) {
  const stream = streamOf(options.stream ?? {});
  const last = responses.find((one) => one.lastStreamPosition)?.lastStreamPosition;
  if (/is deleted|HTTP status code 500/.test(status?.details ?? '') && responses.length === 0) {
    stage.tombstone(stream.replace(/^\$\$/, ''));
  }
  const events = eventsIn(options.subscription ? beforeLive(responses) : responses);
  const first = eventsIn(responses).find((one) => one.streamIdentifier.streamName === stream);
  const isNew = stream !== '' && stage.length(stream) === 0 && stage.length(`$$${stream}`) === 0;
  // What was deleted was there before anything that is seen of it.
  for (const { streamIdentifier, data = '' } of events) {
    const { streamName } = streamIdentifier;
    if (data.includes(BEYOND_ALL)) stage.fill(streamName.slice(2), 1);
  }
  if (isNew && first && options.stream?.start && Number(first.streamRevision) > 0) {
    const hidden = Number(first.streamRevision);
    if (label.includes('soft-deleted')) {
      stage.fill(stream, hidden);
      return stage.softDelete(stream);
    }
    stage.fill(stream, hidden);
    stage.truncate(stream, hidden);
  }
  if (label.startsWith('tombstoned')) stage.tombstone(stream);
  for (const event of [...events].sort(byPosition)) stage.ensure(event);
  // What comes live goes on from what calls before have left there.
  for (const event of options.subscription
    ? eventsIn(responses.slice(beforeLive(responses).length))
    : []) {
    const { streamName } = event.streamIdentifier;
    const isFirst =
      eventsIn(responses).find((one) => one.streamIdentifier.streamName === streamName) === event;
    if (isFirst && Number(event.streamRevision) < 1_000)
      stage.fill(streamName, Number(event.streamRevision));
  }
  if (last !== undefined && stream !== '') stage.fill(stream, Number(last) + 1);
}

/** What a subscription gives before it is live. Of a stream that is not there yet nothing is. */
function beforeLive(responses) {
  const at = responses.findIndex((one) => one.caughtUp);
  return responses.slice(0, Math.max(0, at));
}

function streamOf(options) {
  return options.streamIdentifier?.streamName ?? '';
}

/** Where a note says what lies between the start of a scenario's subscriptions and the end. */
export function prepareScenario(stage, { notes = [], calls }) {
  const [, said] =
    /Between the starting position and the end lie ([^.]*)\./.exec(notes.join(' ')) ?? [];
  const [, over] = /over (\d+) non-matching/.exec(calls[0]?.label ?? '') ?? [];
  if (!said && !over) return;
  stage.begin();
  for (const part of (said ?? `${over} non-matching`).split(', ')) {
    const [count, what] = part.split(' ');
    if (what === 'non-matching') stage.noise(Number(count));
    else stage.next(what);
  }
}
