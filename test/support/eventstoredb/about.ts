import { randomUUID } from 'node:crypto';
import type { Faults } from './faults.js';
import type { GrpcCall } from './grpc-call.js';
import { features, gossip } from './messages.js';
import { OK } from './status.js';
import { structuredUuid } from './uuids.js';

const VERSION = '23.10.6';
const { LEADER, FOLLOWER, UNKNOWN } = gossip.MemberInfo.VNodeState;

/** `ServerFeatures/GetSupportedMethods`: names in lower case, with features where a method has some. */
export function supportedMethods(paths: readonly string[]): (call: GrpcCall) => void {
  const list = paths.map((path) => {
    const [, serviceName = '', methodName = ''] = path.toLowerCase().split('/');
    const method = new features.SupportedMethod();
    method.setServiceName(serviceName);
    method.setMethodName(methodName);
    if (methodName === 'batchappend') method.setFeaturesList(['deadline_duration']);
    if (serviceName.endsWith('.streams') && methodName === 'read') {
      method.setFeaturesList(['position', 'events']);
    }
    return method;
  });
  const answer = new features.SupportedMethods();
  answer.setMethodsList(list);
  answer.setEventStoreServerVersion(VERSION);
  return (call) =>
    call.onMessage(() => {
      call.send(answer);
      call.end(OK);
    });
}

/** `Gossip/Read`: this node, and its leader when it follows one. */
export function gossipOf(port: () => number, faults: Faults): (call: GrpcCall) => void {
  const id = randomUUID();
  return (call) =>
    call.onMessage(() => {
      const { leader, quorum } = faults;
      const own = leader ? FOLLOWER : quorum === 'lost' ? UNKNOWN : LEADER;
      const info = new gossip.ClusterInfo();
      info.setMembersList([
        member(id, own, '127.0.0.1', port()),
        ...(leader ? [member(randomUUID(), LEADER, leader.host, leader.port)] : []),
      ]);
      call.send(info);
      call.end(OK);
    });
}

function member(
  id: string,
  state: gossip.MemberInfo.VNodeState,
  address: string,
  port: number,
): gossip.MemberInfo {
  const endPoint = new gossip.EndPoint();
  endPoint.setAddress(address);
  endPoint.setPort(port);
  const info = new gossip.MemberInfo();
  info.setInstanceId(structuredUuid(id));
  info.setTimeStamp(String(BigInt(Date.now()) * 10_000n));
  info.setState(state);
  info.setIsAlive(true);
  info.setHttpEndPoint(endPoint);
  return info;
}
