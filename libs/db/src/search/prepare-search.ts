import { initialsOf } from './initials.ts';
import { segment } from './segment.ts';

/** Loads dictionary and pinyin table ahead of the first write, which would otherwise wait for them. */
export async function prepareSearch(): Promise<void> {
  await Promise.all([segment('场景'), initialsOf('场景')]);
}
