import type { GrpcCall } from './grpc-call.js';

export function requiresLeader({ headers }: GrpcCall): boolean {
  return String(headers['requires-leader']).toLowerCase() === 'true';
}
