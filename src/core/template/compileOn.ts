import type { TrackedBaseImage } from '../base-images/trackedBaseImage.ts';
import { compileTemplate, type CompiledTemplate } from './compileTemplate.ts';
import type { Sha256 } from './contentVersion.ts';
import { managerOf } from './managerOf.ts';
import type { ResolvedTemplate } from './template.ts';

/** The components of a template for the base image it rests on at last, whose package manager is known where it is tracked. */
export function compileOn(
  template: ResolvedTemplate,
  rootBase: TrackedBaseImage | undefined,
  sha256: Sha256,
): CompiledTemplate {
  return compileTemplate(template, { sha256, ...managerOf(rootBase) });
}
