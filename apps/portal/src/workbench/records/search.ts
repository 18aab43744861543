import { Kind, Stage, z } from '@xiangjing/scenario-sdk';

/** What the address of 我的记录 holds; a value it does not know is left out, since people edit and share addresses. */
export const RecordsSearch = z.object({
  tab: z.enum(['all', 'waiting', 'moving', 'published']).optional().catch(undefined),
  q: z.coerce.string().max(100).optional().catch(undefined),
  kind: Kind.optional().catch(undefined),
  stage: Stage.optional().catch(undefined),
  cursor: z.string().max(500).optional().catch(undefined),
});
export type RecordsSearch = z.infer<typeof RecordsSearch>;
export type Tab = NonNullable<RecordsSearch['tab']>;
