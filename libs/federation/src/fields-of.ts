import type { FieldDirectory, Kind } from '@xiangjing/scenario-sdk';

/** What is known of the fields of a record of this kind in this domain (`''`: no domain known). The plug-in host has it. */
export type FieldsOf = (kind: Kind, domain: string) => FieldDirectory;
