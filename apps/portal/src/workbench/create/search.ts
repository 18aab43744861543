import { Kind, z } from '@xiangjing/scenario-sdk';

export const NewRecordSearch = z.object({ kind: Kind.optional().catch(undefined) });
