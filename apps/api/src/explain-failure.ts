const ADVICE: Readonly<Record<string, string>> = {
  EACCES: 'Permission denied: check LEADLEDGER_DATA and LEADLEDGER_PORT.',
  EROFS: 'The data folder is read-only: check LEADLEDGER_DATA.',
  ENOTDIR: 'The data folder is a file: check LEADLEDGER_DATA.',
  EEXIST: 'The data folder is a file: check LEADLEDGER_DATA.',
  ENOSPC: 'The disk is full.',
};
/** Errors of the product that say in a sentence what an operator can do. */
const SPEAKING = [
  'ConfigError',
  'ForeignReadModels',
  'MongoUnavailable',
  'PrivateFileError',
  'ReadStoreUnavailable',
  'StoreDamaged',
  'StoreLocked',
  'StoreMisconfigured',
  'StoreUnavailable',
];

/**
 * Why the product did not start, in one line for whoever started it.
 * @param portVariable names the port that it was to listen at
 */
export function explainFailure(error: unknown, portVariable = 'LEADLEDGER_PORT'): string {
  if (!(error instanceof Error)) return 'Leadledger could not start.';
  if (SPEAKING.includes(error.name)) {
    return `Leadledger could not start: ${error.message.replaceAll('\n', ' ')}`;
  }
  const code = 'code' in error ? String(error.code) : '';
  const why = adviceOnAddress(code, error, portVariable) ?? ADVICE[code];
  return `Leadledger could not start: ${why ?? `${error.name}: ${error.message.split('\n')[0]}`}`;
}

/** What is wrong with where it was to listen, which the error names. */
function adviceOnAddress(
  code: string,
  error: Error & {
    readonly address?: string;
    readonly port?: number;
    readonly hostname?: string;
  },
  portVariable: string,
): string | undefined {
  if (code === 'EADDRINUSE') {
    return `Port ${error.port} of ${error.address} is in use: set ${portVariable} to another.`;
  }
  if (code === 'EADDRNOTAVAIL') {
    return `${error.address} is not an address of this machine: check LEADLEDGER_HOST.`;
  }
  // Stores tell of unknown hosts in errors of their own.
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `${error.hostname} is not known: check LEADLEDGER_HOST.`;
  }
  return undefined;
}
