import type { TrackedBaseImage } from '../base-images/trackedBaseImage.ts';
import type { CompileOptions } from './compileTemplate.ts';
import { BASE_OS } from './template.ts';

/**
 * What the table of base images tells of a base's package manager: one that the steps use, or another one, with which
 * they would fail. `none` may be a golden image's of which nobody has said what it is like: the template may know.
 */
export function managerOf(
  base: Pick<TrackedBaseImage, 'packageManager'> | undefined,
): Pick<CompileOptions, 'baseOs' | 'unsupportedManager'> {
  const manager = base?.packageManager ?? 'none';
  const baseOs = BASE_OS.find((os) => os === manager);
  if (baseOs !== undefined) return { baseOs };
  return manager === 'none' ? {} : { unsupportedManager: manager };
}
