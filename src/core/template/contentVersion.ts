/** Sha-256 of a text as 64 lower-case hexadecimal digits: the core has no hash of its own and takes it as an argument. */
export type Sha256 = (text: string) => string;

/**
 * A semantic version made of a hash: the same content has the same version for ever, different contents have
 * different ones. Image Builder takes nodes from 0 to 2^30-1; ninety bits of the hash are used.
 */
export function contentVersion(hash: string): string {
  const nodes = [0, 8, 16].map((start) => Number.parseInt(hash.slice(start, start + 8), 16) >>> 2);
  return nodes.join('.');
}
