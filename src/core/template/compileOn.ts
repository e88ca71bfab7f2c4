import type { TrackedBaseImage } from '../base-images/trackedBaseImage.ts';
import { compileTemplate, type CompiledTemplate, type CompileOptions } from './compileTemplate.ts';
import { managerOf } from './managerOf.ts';
import type { ResolvedTemplate } from './template.ts';

/** The components of a template for the base image it rests on at last, whose package manager is known where it is tracked. */
export function compileOn(
  template: ResolvedTemplate,
  rootBase: TrackedBaseImage | undefined,
  options: Pick<CompileOptions, 'sha256' | 'upgrade'>,
): CompiledTemplate {
  return compileTemplate(template, { ...options, ...managerOf(rootBase) });
}
