import { findDomain } from '@xiangjing/scenario-sdk';

/** The plan's name of a domain; a code that the plan does not have stands for itself. */
export const domainName = (code: string): string => findDomain(code)?.nameZh ?? code;
