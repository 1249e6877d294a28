import { randomInt, randomUUID } from 'node:crypto';
import { command } from './caller.mjs';

/**
 * A client that captures leads and works on them, one command after the other, until an answer does not come or it is stopped.
 * It keeps what was acknowledged, and the command whose outcome it does not know.
 */
export class WritingClient {
  acknowledged = [];
  /** Sent and never answered. */
  inFlight = undefined;
  /** Answers other than a success. */
  refused = [];
  #leads = [];
  #stopping = false;

  /**
   * @param sharedEmails what some of the leads of all clients have as their e-mail
   * @param captured is added to, for whoever reads meanwhile
   */
  constructor(api, sharedEmails, captured = []) {
    this.api = api;
    this.sharedEmails = sharedEmails;
    this.captured = captured;
  }

  async run() {
    while (!this.#stopping) {
      const { kind, sent, lead } = this.#next();
      let answer;
      try {
        answer = await this.api.send(sent);
      } catch {
        this.inFlight = { kind, sent };
        return;
      }
      if (answer.status >= 300) {
        this.refused.push({ kind, sent, answer });
        continue;
      }
      this.acknowledged.push({ kind, sent, answer: answer.body });
      if (kind === 'capture') {
        this.#leads.push({ id: answer.body.id, stage: 0 });
        this.captured.push(answer.body);
      }
      if (lead) lead.stage += 1;
    }
  }

  /** Has `run` end when the command under way has its answer. */
  stop() {
    this.#stopping = true;
  }

  #next() {
    const lead = this.#leads[randomInt(this.#leads.length + 1)];
    const kind = lead ? ['edit', 'stage', 'note', 'convert'][randomInt(4)] : 'capture';
    switch (kind) {
      case 'capture':
        return { kind, sent: this.#capture() };
      case 'edit':
        return { kind, sent: command('PATCH', `/v1/leads/${lead.id}`, { jobTitle: randomUUID() }) };
      case 'stage': {
        const stageId = lead.stage % 2 === 0 ? 'contacted' : 'qualified';
        return { kind, sent: command('POST', `/v1/leads/${lead.id}/stage`, { stageId }), lead };
      }
      case 'note':
        return {
          kind,
          sent: command('POST', `/v1/leads/${lead.id}/notes`, { text: randomUUID() }),
        };
      case 'convert':
        return { kind, sent: this.#convert(lead) };
    }
  }

  #convert({ id }) {
    const choices = randomInt(2) === 0 ? {} : { opportunity: { action: 'create' } };
    return command('POST', `/v1/leads/${id}/conversion`, choices);
  }

  #capture() {
    const mark = randomUUID().slice(0, 13);
    const shared = randomInt(3) === 0 ? randomInt(this.sharedEmails.length) : undefined;
    return command('POST', '/v1/leads', {
      familyName: 'Trần Thị',
      givenName: mark,
      email: shared === undefined ? `${mark}@example.vn` : this.sharedEmails[shared],
      organisation:
        shared === undefined ? `Công ty ${mark}` : `Công ty ${this.sharedEmails[shared]}`,
    });
  }
}
