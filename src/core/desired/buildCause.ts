import type { BuildCause } from '../builds/enqueue.ts';
import type { Sha256 } from '../template/contentVersion.ts';

/** Digits of the hash in a build's name: enough to tell the builds of one template apart. */
const DIGITS = 8;

/**
 * The build that a cause makes of a template. Its name follows from both, so that a cause that comes twice, or in
 * another region hours later, names the same build.
 */
export function buildCause(template: string, cause: string, because: string, sha256: Sha256): BuildCause {
  return { id: `${template}-${sha256(cause).slice(0, DIGITS)}`, because };
}
