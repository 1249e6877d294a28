/** One address of each kind that reads: lists, a record and what belongs to it, people, settings, the feed. */
const PATHS = [
  '/v1/me',
  '/v1/leads?limit=20&sort=-createdAt',
  '/v1/leads?q=tran',
  '/v1/contacts?limit=20',
  '/v1/accounts?limit=20',
  '/v1/opportunities?limit=20',
  '/v1/activities?limit=20',
  '/v1/events?limit=20',
  '/v1/users',
  '/v1/teams',
  '/v1/settings',
  '/v1/notifications',
  '/metrics',
  '/health/live',
];
const OF_A_LEAD = ['', '/timeline', '/provenance', '/notes', '/activities'];

/** A client that reads all the time. It is told of answers by its caller; what it reads is not looked at. */
export class ReadingClient {
  /** Answers other than a success. */
  refused = [];
  #stopping = false;

  /** @param captured what was answered to captures of leads so far; it may grow */
  constructor(api, captured) {
    this.api = api;
    this.captured = captured;
  }

  async run() {
    for (let turn = 0; !this.#stopping; turn += 1) {
      const path = this.#pathOf(turn);
      const answer = await this.api.send({ method: 'GET', path });
      if (answer.status >= 300) this.refused.push({ path, answer });
    }
  }

  stop() {
    this.#stopping = true;
  }

  #pathOf(turn) {
    const lead = this.captured.at(-1);
    const ofALead = lead
      ? OF_A_LEAD.map((part) => `/v1/leads/${lead.id}${part}?after=${lead.position}`)
      : [];
    const all = [...PATHS, ...ofALead];
    return all[turn % all.length];
  }
}
