import type { AclEntry, AclFilter } from 'kafkajs';
import { loadKafkajs, type KafkaModule } from './client.ts';
import type { Grant } from './wanted-topics.ts';

/** An access rule as the brokers hold it. */
export type Acl = AclEntry;

const NAMESPACE = 'xiangjing.';
const NODE_PRINCIPAL = /^User:xiangjing-\d{6}$/;

export const aclOf = ({ principal, resource, name, isPrefix, operation }: Grant, kafkajs: KafkaModule): Acl => ({
  principal,
  host: '*',
  permissionType: kafkajs.AclPermissionTypes.ALLOW,
  operation: kafkajs.AclOperationTypes[operation],
  resourceType: resource === 'topic' ? kafkajs.AclResourceTypes.TOPIC : kafkajs.AclResourceTypes.GROUP,
  resourceName: name,
  resourcePatternType: isPrefix ? kafkajs.ResourcePatternTypes.PREFIXED : kafkajs.ResourcePatternTypes.LITERAL,
});

export const aclKey = (acl: Acl): string =>
  [acl.principal, acl.host, acl.permissionType, acl.operation, acl.resourceType, acl.resourceName, acl.resourcePatternType].join(' ');

export const filterOf = (acl: Acl): AclFilter => ({ ...acl });

export interface SortedAcls {
  /** Of a node, or on a topic or group of the federation: the plan says which of them stay. */
  ours: Acl[];
  /** Rules of somebody else that reach our topics all the same, by `*` or a shorter prefix. */
  wide: Acl[];
}

export function sortAcls(held: readonly Acl[]): SortedAcls {
  const { AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = loadKafkajs();
  const allowing = held.filter((acl) => acl.permissionType === AclPermissionTypes.ALLOW);
  const isOurs = (acl: Acl) => NODE_PRINCIPAL.test(acl.principal) || acl.resourceName.startsWith(NAMESPACE);
  const isWide = (acl: Acl) =>
    (acl.resourceType === AclResourceTypes.TOPIC || acl.resourceType === AclResourceTypes.GROUP) &&
    (acl.resourceName === '*' || (acl.resourcePatternType === ResourcePatternTypes.PREFIXED && NAMESPACE.startsWith(acl.resourceName)));
  return { ours: allowing.filter(isOurs), wide: allowing.filter((acl) => !isOurs(acl) && isWide(acl)) };
}
