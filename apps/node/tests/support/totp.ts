import { createHmac } from 'node:crypto';

/** RFC 6238, six digits, 30 s, HMAC-SHA1; `aheadMs` from now. */
export function totp(secret: string, aheadMs = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor((Date.now() + aheadMs) / 30_000)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = mac[19]! & 0xf;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
