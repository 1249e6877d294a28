const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The address is in use: set LEADLEDGER_PORT to another port.',
  EACCES: 'Permission denied: check LEADLEDGER_DATA and LEADLEDGER_PORT.',
  EADDRNOTAVAIL: 'The address is not one of this machine: check LEADLEDGER_HOST.',
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

/** Why the product did not start, in one line for whoever started it. */
export function explainFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'Leadledger could not start.';
  if (SPEAKING.includes(error.name)) {
    return `Leadledger could not start: ${error.message.replaceAll('\n', ' ')}`;
  }
  const code = 'code' in error ? String(error.code) : '';
  return `Leadledger could not start: ${ADVICE[code] ?? `${error.name}: ${error.message.split('\n')[0]}`}`;
}
