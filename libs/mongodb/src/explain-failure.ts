import { MongoError, MongoServerError, MongoServerSelectionError } from 'mongodb';

const LONGEST = 300;
const REFUSED_CREDENTIALS = new Set([18, 8000]);
const NOT_ALLOWED = 13;
/** What the driver says of an answer in another protocol, of a server that hangs up on its greeting, and of one that does not answer it. */
const OTHER_PROTOCOL = /message size|opcode|BSON|<monitor>.*(?:closed|timed out)/i;
const CREDENTIALS = /\/\/[^/@\s]*@/g;

/** Why the driver failed, in words for an operator: without credentials, and without values of documents. */
export function explainFailure(error: unknown): string {
  if (error instanceof MongoServerSelectionError) return explainSelection(error);
  if (error instanceof MongoServerError) return explainServer(error);
  if (error instanceof Error) return plain(error.message);
  return 'of an unknown error';
}

function explainSelection(error: MongoServerSelectionError): string {
  const servers = [...(error.reason?.servers.values() ?? [])];
  const causes = servers.flatMap((server) => (server.error ? [explainCause(server.error)] : []));
  if (causes.length > 0) return [...new Set(causes)].join('; ');
  if (servers.some(({ type }) => type !== 'Unknown'))
    return 'there is no primary among its servers';
  return 'nothing that speaks its protocol answers there';
}

function explainCause(error: MongoError): string {
  if (OTHER_PROTOCOL.test(error.message)) {
    return `what listens there does not answer as MongoDB does (${plain(error.message)})`;
  }
  const { cause } = error;
  return plain(cause instanceof Error && cause.message ? cause.message : error.message);
}

function explainServer(error: MongoServerError): string {
  const { code, codeName } = error;
  if (code === undefined) return plain(error.message);
  const said = `${codeName ? `${codeName}, ` : ''}code ${code}`;
  if (REFUSED_CREDENTIALS.has(Number(code))) return `it refuses the credentials (${said})`;
  if (code === NOT_ALLOWED) return `its user may not do what is needed there (${said})`;
  // What follows is the key, which may be somebody's name.
  return `${plain(error.message.split(/ dup key/)[0] ?? '')} (${said})`;
}

function plain(message: string): string {
  return message
    .replace(CREDENTIALS, '//')
    .replace(/\s+/g, ' ')
    .replace(/\.$/, '')
    .slice(0, LONGEST);
}
