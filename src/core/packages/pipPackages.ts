import { packageKey } from '../template/names.ts';
import type { ResolvedTemplate } from '../template/template.ts';

/** An exact version: building again installs the same. */
const PINNED = /===?[^*,]+$/;

/**
 * What a template lets pip choose the version of. Image Builder's package lists know nothing of pip, so that these
 * names are all there is to go by; what they in turn depend on is not known.
 */
export function pipPackages({ packageManager, packages }: ResolvedTemplate): string[] {
  if (packageManager === 'ami') return [];
  const free = packages.pip.filter((spec) => !PINNED.test(spec));
  return [...new Set(free.map((spec) => packageKey('pip', spec)))].sort();
}
