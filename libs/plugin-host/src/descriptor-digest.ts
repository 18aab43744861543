import { createHash } from 'node:crypto';
import { wirePart, type Descriptor } from '@xiangjing/scenario-sdk';
import canonicalize from 'canonicalize';

/** `sha-256:<hex>` over the canonical JSON (RFC 8785) of what the schema number promises: equal promises give equal digests. */
export function descriptorDigest(descriptor: Descriptor): string {
  const text = canonicalize(wirePart(descriptor)) ?? '';
  return `sha-256:${createHash('sha256').update(text).digest('hex')}`;
}
