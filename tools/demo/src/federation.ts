import { PROVINCE } from '@xiangjing/scenario-sdk';
import { z } from 'zod';
import type { Folder } from './folder.ts';
import { configFileOf } from './node-files.ts';
import { runVerb } from './verb.ts';

const Invited = z.object({ invitation: z.string().min(1) });

/** Once, before the province starts for the first time: its root key and the first registry. */
export async function foundFederation(folder: Folder): Promise<void> {
  if (folder.kept.joined.includes(PROVINCE)) return;
  await runVerb(['federation', 'init', '--config', configFileOf(folder, PROVINCE)]);
  folder.save({ joined: [...folder.kept.joined, PROVINCE] });
}

/** Once per city, while the province runs and before the city starts: the invitation, and the city's key and registry. */
export async function joinCity(folder: Folder, adcode: string): Promise<void> {
  if (folder.kept.joined.includes(adcode)) return;
  const text = await runVerb(['federation', 'invite', '--config', configFileOf(folder, PROVINCE), '--node', adcode, '--json']);
  const { invitation } = Invited.parse(JSON.parse(text));
  await runVerb(['federation', 'join', '--config', configFileOf(folder, adcode), '--invitation', invitation]);
  folder.save({ joined: [...folder.kept.joined, adcode] });
}
