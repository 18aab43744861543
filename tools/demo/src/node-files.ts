import type { DatabaseUrls } from '@xiangjing/db/embedded';
import { PROVINCE } from '@xiangjing/scenario-sdk';
import { join } from 'node:path';
import { demoUsersOf } from './demo-users.ts';
import { writePrivate, type Folder } from './folder.ts';
import { portOf, urlOf } from './options.ts';
import { shortName } from './seeds/organisations.ts';

export const configFileOf = (folder: Folder, adcode: string): string => join(folder.node(adcode), 'node.yaml');

/** Writes what a node of the demo reads at its start: its configuration and the users of its realm. */
export function writeNodeFiles(folder: Folder, adcode: string, at: { urls: DatabaseUrls; portBase: number }): void {
  writePrivate(configFileOf(folder, adcode), nodeYaml(adcode, at));
  writePrivate(join(folder.node(adcode), 'users.json'), `${JSON.stringify(demoUsersOf(adcode, folder.kept.password), null, 1)}\n`);
}

export function nodeYaml(adcode: string, { urls, portBase }: { urls: DatabaseUrls; portBase: number }): string {
  const unit = `示例${shortName(adcode)}场景工作专班`;
  const text = JSON.stringify;
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
identity:
  demoUsersFile: users.json
dataDir: data
${adcode === PROVINCE ? '' : `federation:\n  provinceUrl: ${urlOf(PROVINCE, portBase)}\n`}log:
  level: info
`;
}
