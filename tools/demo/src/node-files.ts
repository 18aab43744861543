import type { DatabaseUrls } from '@xiangjing/db/embedded';
import { PROVINCE } from '@xiangjing/scenario-sdk';
import { join } from 'node:path';
import { demoUsersOf } from './demo-users.ts';
import { writePrivate, type Folder } from './folder.ts';
import { portOf, urlOf } from './options.ts';
import { shortName } from './seeds/organisations.ts';

export const configFileOf = (folder: Folder, adcode: string): string => join(folder.node(adcode), 'node.yaml');

export interface NodeFilesFrom {
  urls: DatabaseUrls;
  portBase: number;
  /** Sections of the configuration that a real server brings; without one the node does without it. */
  kafka?: object | undefined;
  identity?: object | undefined;
}

/** Writes what a node of the demo reads at its start: its configuration and the users of its realm. */
export function writeNodeFiles(folder: Folder, adcode: string, from: NodeFilesFrom): void {
  writePrivate(configFileOf(folder, adcode), nodeYaml(adcode, from));
  writePrivate(join(folder.node(adcode), 'users.json'), `${JSON.stringify(demoUsersOf(adcode, folder.kept.password), null, 1)}\n`);
}

export function nodeYaml(adcode: string, { urls, portBase, kafka, identity }: NodeFilesFrom): string {
  const unit = `示例${shortName(adcode)}场景工作专班`;
  const text = JSON.stringify;
  const federation = { ...(adcode === PROVINCE ? {} : { provinceUrl: urlOf(PROVINCE, portBase) }), ...(kafka ? { kafka } : {}) };
  return `# Written by the demo at every start: changes here are lost.
node:
  adcode: "${adcode}"
  mode: demo
  hostUnit: ${text(unit)}
  footer:
    organiser: ${text(unit)}
    contact: 演示节点，无联系电话
http:
  host: 127.0.0.1
  port: ${portOf(adcode, portBase)}
  publicUrl: ${urlOf(adcode, portBase)}
database:
  ownerUrl: ${text(urls.owner)}
  appUrl: ${text(urls.app)}
  egressUrl: ${text(urls.egress)}
  publisherUrl: ${text(urls.publisher)}
  applyUrl: ${text(urls.apply)}
identity: ${section(identity ?? { demoUsersFile: 'users.json' })}
dataDir: data
federation: ${section(federation)}
log:
  level: info
`;
}

/** JSON is YAML, too. */
const section = (value: object): string => JSON.stringify(value, undefined, 2).replaceAll('\n', '\n  ');
