import { organisationCheckDigit, usccCheckDigit } from '@xiangjing/scenario-sdk';

/** `11` agency, `12` public institution, `91` enterprise: who registered the organisation, and as what. */
export type UsccKind = '11' | '12' | '91';

/**
 * A code whose two check digits are right and whose registrar cannot exist: GB/T 2260 has no region 99. `serial` tells the example
 * organisations of one node apart.
 */
export function exampleUscc(kind: UsccKind, adcode: string, serial: number): string {
  const first8 = `XJ${adcode.slice(2)}${String(serial).padStart(2, '0')}`;
  const first17 = `${kind}99${adcode.slice(2)}${first8}${organisationCheckDigit(first8)}`;
  return first17 + usccCheckDigit(first17);
}
