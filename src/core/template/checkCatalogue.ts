import type { TrackedBaseImage } from '../base-images/trackedBaseImage.ts';
import { compileOn } from './compileOn.ts';
import type { Sha256 } from './contentVersion.ts';
import { resolveInheritance, type ResolutionProblem } from './resolveInheritance.ts';
import type { ResolvedTemplate, Template } from './template.ts';
import { templateGraph } from './templateGraph.ts';

export interface CheckedCatalogue {
  /** Empty: every given template can be built, and no other has been broken by them. */
  readonly problems: readonly ResolutionProblem[];
  /** What compiles and may not be what its author wanted, by slug. */
  readonly warnings: ReadonlyMap<string, readonly string[]>;
  /** The given ones, parents in an earlier list than their children. */
  readonly levels: readonly (readonly Template[])[];
}

/**
 * Checks given templates together with the stored ones they join or replace: parents and bases exist, and everything
 * that the change touches still compiles. So a broken template is refused when it is applied and not when it is
 * built. What was broken before is not held against the given ones.
 */
export function checkCatalogue(
  given: readonly Template[],
  stored: readonly Template[],
  bases: ReadonlyMap<string, TrackedBaseImage>,
  sha256: Sha256,
): CheckedCatalogue {
  const slugs = new Set(given.map(({ slug }) => slug));
  const after = compiledCatalogue(
    [...stored.filter(({ slug }) => !slugs.has(slug)), ...given],
    bases,
    sha256,
    (template, builtOn) => touched(template, slugs, builtOn),
  );
  const suspects = new Set(after.problems.map(({ template }) => template).filter((slug) => !slugs.has(slug)));
  const brokenBefore =
    suspects.size === 0
      ? suspects
      : new Set(
          compiledCatalogue(stored, bases, sha256, ({ slug }) => suspects.has(slug)).problems.map(
            ({ template }) => template,
          ),
        );
  const depthOf = ({ slug }: Template) => after.resolved.get(slug)?.ancestors.length ?? 0;
  return {
    problems: after.problems.filter(({ template }) => slugs.has(template) || !brokenBefore.has(template)),
    warnings: after.warnings,
    levels: [...new Set(given.map(depthOf))]
      .sort((a, b) => a - b)
      .map((depth) => given.filter((template) => depthOf(template) === depth)),
  };
}

/** Whether a change of these templates can change what a template compiles to. */
function touched(
  template: ResolvedTemplate,
  slugs: ReadonlySet<string>,
  builtOn: ReadonlyMap<string, string>,
): boolean {
  for (let slug: string | undefined = template.slug; slug !== undefined; slug = builtOn.get(slug))
    if (slugs.has(slug)) return true;
  return template.ancestors.some((ancestor) => slugs.has(ancestor));
}

function compiledCatalogue(
  templates: readonly Template[],
  bases: ReadonlyMap<string, TrackedBaseImage>,
  sha256: Sha256,
  wanted: (template: ResolvedTemplate, builtOn: ReadonlyMap<string, string>) => boolean,
) {
  const resolution = resolveInheritance(templates, { baseImages: [...bases.keys()] });
  const { builtOn, rootBase } = templateGraph(resolution.templates.values());
  const problems: ResolutionProblem[] = [...resolution.problems];
  const warnings = new Map<string, readonly string[]>();
  for (const template of resolution.templates.values()) {
    if (!wanted(template, builtOn)) continue;
    const compiled = compileOn(template, bases.get(rootBase.get(template.slug) ?? ''), { sha256 });
    if (compiled.ok) warnings.set(template.slug, compiled.warnings);
    else problems.push(...compiled.problems.map((message) => ({ template: template.slug, message })));
  }
  return { resolved: resolution.templates, problems, warnings };
}
