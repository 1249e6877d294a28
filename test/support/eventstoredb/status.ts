/** How a call ends. */
export interface Status {
  readonly code: number;
  readonly details: string;
  readonly trailers?: Readonly<Record<string, string>>;
}

export const OK: Status = { code: 0, details: '' };
/** What EventStoreDB says when it did not see the fault coming. */
export const THROWN: Status = { code: 2, details: 'Exception was thrown by handler.' };
export const NOT_READY: Status = { code: 14, details: 'Server Is Not Ready' };
export const TOO_LARGE: Status = {
  code: 8,
  details: 'Received message exceeds the maximum configured message size.',
};
export const TOO_SLOW: Status = {
  code: 10,
  details:
    'Operation timed out: Consumer too slow to handle event while live. Client resubscription required.',
};

export function invalid(details: string): Status {
  return { code: 3, details };
}

export function notSet(message: string): Status {
  return invalid(`'None' is not a valid EventStore.Client.Streams.${message}`);
}

export function streamDeleted(stream: string): Status {
  return {
    code: 9,
    details: `Event stream '${stream}' is deleted.`,
    trailers: { exception: 'stream-deleted', 'stream-name': stream },
  };
}

export function notLeader({ host, port }: { host: string; port: number }): Status {
  return {
    code: 5,
    details: 'Leader info available',
    trailers: {
      exception: 'not-leader',
      'leader-endpoint-host': host,
      'leader-endpoint-port': String(port),
    },
  };
}

export const ACCESS_DENIED: Status = {
  code: 7,
  details: 'Access Denied',
  trailers: { exception: 'access-denied' },
};
