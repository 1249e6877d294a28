import type { RecordRef, Uuid } from '#crm';
import type { EventLog } from '#event-store';
import type { UndoFinder } from '../src/index.js';

/** Looks through the whole log, and names whatever ever had to do with a record: more than stands, as a read model may. */
export function scanningUndoFinder(log: EventLog): UndoFinder {
  const all = () => log.readAll({ limit: 100_000 });
  const conversions = async () =>
    (await all()).flatMap(({ type, stream, data }) =>
      type === 'LeadConverted'
        ? [{ leadId: stream.slice('lead-'.length), data: data as { conversionId: Uuid } }]
        : [],
    );
  return {
    async leadOf(wanted) {
      return (await conversions()).find(({ data }) => data.conversionId === wanted)?.leadId;
    },
    async usersOf({ id }) {
      const naming = (await all()).filter(({ data }) => JSON.stringify(data).includes(id));
      const streamsOf = (type: string) => [
        ...new Set(
          naming
            .filter(({ stream }) => stream.startsWith(`${type}-`))
            .map(({ stream }) => stream.slice(type.length + 1)),
        ),
      ];
      const recordsOf = (type: 'opportunity' | 'contact'): readonly RecordRef[] =>
        streamsOf(type).map((of) => ({ type, id: of }));
      return {
        records: [...recordsOf('opportunity'), ...recordsOf('contact')],
        activities: streamsOf('activity'),
        conversions: (await conversions())
          .filter(({ data }) => JSON.stringify(data).includes(id))
          .map(({ leadId, data: { conversionId } }) => ({ leadId, conversionId })),
      };
    },
  };
}
