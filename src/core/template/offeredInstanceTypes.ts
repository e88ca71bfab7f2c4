import type { Architecture } from '../words.ts';
import type { ResolvedTemplate } from './template.ts';

/**
 * The instance types that Image Builder is offered for a build, first choice first: the template's own, else the region's.
 * It takes whichever of them is available.
 */
export function offeredInstanceTypes(
  template: Pick<ResolvedTemplate, 'build'> | undefined,
  ofRegion: Readonly<Record<Architecture, readonly string[]>>,
  architecture: Architecture,
): readonly string[] {
  return template?.build.instanceTypes[architecture] ?? ofRegion[architecture];
}
