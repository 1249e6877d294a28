import assert from 'node:assert/strict';

/** The event that each kind of command leaves on its lead. */
const EFFECT = {
  capture: 'LeadCaptured',
  edit: 'LeadEdited',
  stage: 'LeadStageChanged',
  note: 'LeadNoteAdded',
  convert: 'LeadConverted',
};
const TARGETS = ['contact', 'account', 'opportunity'];

/** What the clients know: every command that was acknowledged, and what must therefore be in the log. */
export class Ledger {
  acknowledged = [];
  refused = [];
  #checked = 0;
  #pending = new Map();
  /** Planned creations that the log has not shown yet, by stream. */
  #planned = new Map();
  #created = new Map();

  add({ acknowledged, refused }) {
    this.acknowledged.push(...acknowledged);
    this.refused.push(...refused);
  }

  /** Ids of conversions that are committed and not completed, as of these events. */
  pendingAfter(events) {
    const pending = new Map(this.#pending);
    for (const { type, data } of events) {
      if (type === 'LeadConverted') pending.set(data.conversionId, data);
      if (type === 'LeadConversionCompleted') pending.delete(data.conversionId);
    }
    return [...pending.keys()];
  }

  /** Holds new events to what was acknowledged since the last check, and conversions to their plans. */
  checkAgainst(events) {
    const byPosition = new Map(events.map((event) => [event.position, event]));
    const fresh = this.acknowledged.slice(this.#checked);
    this.#checked = this.acknowledged.length;
    const taken = new Set();
    for (const { kind, sent, answer } of fresh) {
      const event = byPosition.get(answer.position);
      const what = `${kind} ${sent.headers['idempotency-key']}`;
      assert.ok(event, `${what} was acknowledged at ${answer.position} and is not in the log`);
      assert.equal(event.stream, `lead-${answer.id}`, what);
      assert.equal(event.revision, answer.revision, what);
      assert.ok(!taken.has(answer.position), `${what} shares its position with another command`);
      taken.add(answer.position);
      const expected = kind === 'convert' ? 'LeadConversionCompleted' : EFFECT[kind];
      assert.equal(event.type, expected, what);
    }
    for (const event of events) this.#follow(event);
    assert.deepEqual(
      [...this.#planned.keys()],
      [],
      'planned by a completed conversion, but not made',
    );
    for (const kind of ['stage', 'edit', 'note', 'capture']) {
      // Every effect is some client's command, so equal numbers mean that none had its effect twice.
      const effects = events.filter(({ type }) => type === EFFECT[kind]).length;
      const asked = fresh.filter((one) => one.kind === kind).length;
      assert.equal(effects, asked, `${EFFECT[kind]} events against commands with an effect`);
    }
    const conversions = events.filter(({ type }) => type === 'LeadConverted').length;
    assert.equal(conversions, fresh.filter(({ kind }) => kind === 'convert').length, 'conversions');
    this.#checkOnePerEmail(events);
  }

  /** The same over the whole log at once. */
  checkWhole(events) {
    this.#checked = 0;
    this.#pending.clear();
    this.#created.clear();
    this.checkAgainst(events);
    assert.deepEqual(this.pendingAfter([]), []);
  }

  #follow({ type, stream, data }) {
    if (type === 'LeadConverted') {
      this.#pending.set(data.conversionId, data);
      for (const target of TARGETS) {
        if (data[target]?.action === 'create')
          this.#planned.set(`${target}-${data[target].id}`, data);
      }
    }
    if (type === 'LeadConversionCompleted') this.#pending.delete(data.conversionId);
    if (/^(Contact|Account|Opportunity)Captured$/.test(type)) {
      assert.ok(!this.#created.has(stream), `${stream} was made twice`);
      assert.ok(this.#planned.delete(stream), `${stream} was made without a plan`);
      this.#created.set(stream, data);
    }
  }

  /** However many leads with one e-mail were converted, whenever: one contact bears it, one account its organisation. */
  #checkOnePerEmail(events) {
    const once = (type, field) => {
      const values = events
        .filter((event) => event.type === type)
        .map(({ data }) => data.fields[field])
        .filter((value) => value !== undefined);
      assert.equal(new Set(values).size, values.length, `${type} with one ${field} twice`);
    };
    once('ContactCaptured', 'email');
    once('AccountCaptured', 'name');
  }
}
