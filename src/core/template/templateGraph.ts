import type { ResolvedTemplate } from './template.ts';

/** Which templates are built on the AMI of which. Plain `inherits` makes no edge: it merges definitions (design §4). */
export interface TemplateGraph {
  /** Slug of the template whose AMI each template is built on; absent for those on a base image. */
  readonly builtOn: ReadonlyMap<string, string>;
  /** Slugs of the templates built directly on each template's AMI. */
  readonly dependents: ReadonlyMap<string, readonly string[]>;
  /** The base image each template rests on at last. */
  readonly rootBase: ReadonlyMap<string, string>;
  /** Every slug, bases before what is built on them; otherwise in the order given. */
  readonly order: readonly string[];
}

/** Expects what `resolveInheritance` returned: bases without circles. */
export function templateGraph(templates: Iterable<ResolvedTemplate>): TemplateGraph {
  const bySlug = new Map([...templates].map((template) => [template.slug, template]));
  const builtOn = new Map<string, string>();
  const dependents = new Map<string, string[]>();
  const rootBase = new Map<string, string>();
  const settle = (template: ResolvedTemplate): string => {
    const known = rootBase.get(template.slug);
    if (known !== undefined) return known;
    const parent = bySlug.get(template.base);
    if (parent !== undefined) {
      builtOn.set(template.slug, parent.slug);
      dependents.set(parent.slug, [...(dependents.get(parent.slug) ?? []), template.slug]);
    }
    const root = parent === undefined ? template.base : settle(parent);
    rootBase.set(template.slug, root);
    return root;
  };
  for (const template of bySlug.values()) settle(template);
  return { builtOn, dependents, rootBase, order: [...rootBase.keys()] };
}
