import type { Recorded } from '#crm';
import { leadFunnel } from './lead-funnel.js';

function event(stream: string, type: string, data: object = {}): Recorded {
  return { stream: `lead-${stream}`, type, data } as Recorded;
}

const captured = (stream: string) =>
  event(stream, 'LeadCaptured', { pipelineId: 'leads', stageId: 'new' });
const moved = (stream: string, stageId: string) =>
  event(stream, 'LeadStageChanged', { to: { pipelineId: 'leads', stageId } });

function rowsOf(events: readonly Recorded[]) {
  const state = events.reduce(
    (current, one) => leadFunnel.evolve(current, one),
    leadFunnel.initial(),
  );
  const rows = leadFunnel.table(state).rows;
  return Object.fromEntries(
    rows.map(({ stage, entered, standing, share }) => [stage, [entered, standing, share]]),
  );
}

describe('The lead funnel', () => {
  it('counts a lead once in every stage it entered, and where it stands now', () => {
    const rows = rowsOf([
      captured('a'),
      captured('b'),
      moved('a', 'contacted'),
      moved('a', 'new'),
      moved('a', 'contacted'),
    ]);
    expect(rows['leads/new']).toEqual([2, 1, 1]);
    expect(rows['leads/contacted']).toEqual([1, 1, 0.5]);
  });

  it('counts a converted lead once, however often it is converted', () => {
    const rows = rowsOf([
      captured('a'),
      captured('b'),
      event('a', 'LeadConverted', { conversionId: '1' }),
      event('a', 'LeadConverted', { conversionId: '2' }),
    ]);
    expect(rows['(converted)']).toEqual([1, null, 0.5]);
  });

  it('counts a lead no more once all of its conversions are undone', () => {
    const [first, second] = [{ conversionId: '1' }, { conversionId: '2' }];
    const converted = [
      captured('a'),
      event('a', 'LeadConverted', first),
      event('a', 'LeadConverted', second),
      event('a', 'LeadConversionUndone', first),
    ];
    expect(rowsOf(converted)['(converted)']).toEqual([1, null, 1]);
    const undone = [...converted, event('a', 'LeadConversionUndone', second)];
    expect(rowsOf(undone)['(converted)']).toEqual([0, null, 0]);
    const again = [...undone, event('a', 'LeadConverted', { conversionId: '3' })];
    expect(rowsOf(again)['(converted)']).toEqual([1, null, 1]);
  });

  it('takes lost and deleted leads out of where they stood, and puts reopened ones back', () => {
    const lost = [captured('a'), event('a', 'LeadLost')];
    expect(rowsOf(lost)['leads/new']).toEqual([1, 0, 1]);
    expect(rowsOf(lost)['(lost)']).toEqual([1, 1, null]);
    expect(rowsOf([...lost, event('a', 'LeadReopened')])['leads/new']).toEqual([1, 1, 1]);
    expect(rowsOf([captured('a'), event('a', 'LeadDeleted')])['leads/new']).toEqual([1, 0, 1]);
  });
});
