import { whyUnsupported } from '../base-images/unsupportedBases.ts';
import { mergeTemplates } from './mergeTemplates.ts';
import { nearest } from './problem.ts';
import { FIXED_AMI_BASE } from './template.ts';
import type { ResolvedTemplate, Template } from './template.ts';

/** Longest chain of parents, or of templates built on one another's AMIs. */
export const MAX_INHERITANCE_DEPTH = 10;

export interface ResolutionProblem {
  /** Slug of the template that cannot be resolved. */
  readonly template: string;
  readonly message: string;
  readonly suggestion?: string;
}

export interface Resolution {
  /** Those that resolve, by slug: one broken template does not take the others with it. */
  readonly templates: ReadonlyMap<string, ResolvedTemplate>;
  /** Empty when everything resolves. */
  readonly problems: readonly ResolutionProblem[];
}

/**
 * Merges parents into children and settles every base. Parents and bases may be given by slug or by name. All
 * problems are told at once: doubled slugs, missing or ambiguous parents, cycles, chains that are too long, bases
 * that do not exist (only when the known base images are given).
 */
export function resolveInheritance(
  templates: readonly Template[],
  { baseImages }: { readonly baseImages?: readonly string[] } = {},
): Resolution {
  const index = indexTemplates(templates);
  const problems: ResolutionProblem[] = [...index.problems];
  const resolved = new Map<string, ResolvedTemplate>();
  for (const template of index.bySlug.values()) {
    const lineage = ancestorsOf(template, index);
    const base = baseOf(template, lineage.ancestors, index, baseImages);
    // A base that a missing parent would have named is no problem of its own.
    const unnamed = base.base === '' && lineage.problems.length > 0;
    const wrong = [...lineage.problems, ...(unnamed ? [] : base.problems)].map((problem) => ({
      template: template.slug,
      ...problem,
    }));
    problems.push(...wrong);
    if (wrong.length === 0)
      resolved.set(template.slug, mergeTemplates(lineage.ancestors, template, base.base));
  }
  const broken = [...doubleMeanings(resolved, baseImages ?? []), ...unbuildableBases(resolved, index)];
  for (const problem of broken) resolved.delete(problem.template);
  const orphans = withoutBase(resolved, index);
  for (const problem of orphans) resolved.delete(problem.template);
  return { templates: resolved, problems: [...problems, ...broken, ...orphans] };
}

interface Index {
  readonly bySlug: ReadonlyMap<string, Template>;
  readonly byName: ReadonlyMap<string, readonly Template[]>;
  readonly problems: readonly ResolutionProblem[];
}

type Fault = Omit<ResolutionProblem, 'template'>;

function indexTemplates(templates: readonly Template[]): Index {
  const bySlug = new Map<string, Template>();
  const byName = new Map<string, Template[]>();
  const problems: ResolutionProblem[] = [];
  for (const template of templates) {
    const other = bySlug.get(template.slug);
    if (other === undefined) {
      bySlug.set(template.slug, template);
      byName.set(template.name, [...(byName.get(template.name) ?? []), template]);
    } else {
      problems.push({
        template: template.slug,
        message: `two templates have the slug "${template.slug}": "${other.name}" and "${template.name}"`,
        suggestion: 'give one of them another slug',
      });
    }
  }
  return { bySlug, byName, problems };
}

/** Each ancestor once, parents before children, in the order in which `inherits` names them. */
function ancestorsOf(
  template: Template,
  index: Index,
): { ancestors: readonly Template[]; problems: readonly Fault[] } {
  const ancestors = new Map<string, Template>();
  const problems = new Map<string, Fault>();
  const visit = (child: Template, chain: readonly string[]) => {
    if (chain.length > MAX_INHERITANCE_DEPTH) {
      const message = `the chain of parents is longer than ${MAX_INHERITANCE_DEPTH}: ${chain.join(' → ')}`;
      problems.set('depth', { message });
      return;
    }
    for (const reference of child.inherits) {
      const parent = find(reference, index);
      if ('message' in parent) {
        problems.set(parent.message, {
          ...parent,
          message: `${child === template ? '' : `${child.slug} `}inherits ${parent.message}`,
        });
      } else if (chain.includes(parent.slug)) {
        const cycle = [...chain.slice(chain.indexOf(parent.slug)), parent.slug].join(' → ');
        problems.set('cycle', { message: `inherits itself: ${cycle}` });
      } else if (!ancestors.has(parent.slug)) {
        visit(parent, [...chain, parent.slug]);
        ancestors.set(parent.slug, parent);
      }
    }
  };
  visit(template, [template.slug]);
  return { ancestors: [...ancestors.values()], problems: [...problems.values()] };
}

function find(reference: string, index: Index): Template | Fault {
  const bySlug = index.bySlug.get(reference);
  if (bySlug !== undefined) return bySlug;
  const [first, ...others] = index.byName.get(reference) ?? [];
  if (first !== undefined && others.length === 0) return first;
  if (first !== undefined) {
    const slugs = [first, ...others].map((template) => template.slug).join(', ');
    return {
      message: `"${reference}", which is the name of several templates`,
      suggestion: `use a slug: ${slugs}`,
    };
  }
  const near = nearest(reference, [...index.bySlug.keys(), ...index.byName.keys()]);
  const suggestion = near === undefined ? {} : { suggestion: `did you mean ${near}?` };
  return { message: `"${reference}", which does not exist`, ...suggestion };
}

/** The template's own base, else the nearest ancestor's. */
function baseOf(
  template: Template,
  ancestors: readonly Template[],
  index: Index,
  baseImages: readonly string[] | undefined,
) {
  const named = [...ancestors, template].findLast((candidate) => candidate.base !== undefined)?.base;
  if (named === undefined)
    return { base: '', problems: [{ message: 'neither the template nor its parents name a base' }] };
  const parent = find(named, index);
  if (!('message' in parent)) return { base: parent.slug, problems: [] };
  if (baseImages === undefined || named === FIXED_AMI_BASE || baseImages.includes(named))
    return { base: named, problems: [] };
  const unsupported = whyUnsupported(named);
  if (unsupported !== undefined)
    return {
      base: named,
      problems: [{ message: `the base "${named}" cannot be built on: ${unsupported}` }],
    };
  const near = nearest(named, [...baseImages, ...index.bySlug.keys()]);
  const suggestion = near === undefined ? `known: ${baseImages.join(', ')}` : `did you mean ${near}?`;
  return {
    base: named,
    problems: [{ message: `the base "${named}" is neither a tracked base image nor a template`, suggestion }],
  };
}

/** Templates that bear the name of a base image: nobody could say which of the two a base means. */
function doubleMeanings(resolved: ReadonlyMap<string, ResolvedTemplate>, baseImages: readonly string[]) {
  return baseImages
    .filter((name) => resolved.has(name))
    .map((name) => ({
      template: name,
      message: `"${name}" is the name of a base image too`,
      suggestion: 'choose another slug',
    }));
}

/** Templates built on other templates' AMIs: in a circle, in too long a row, or for an architecture the other lacks. */
function unbuildableBases(
  resolved: ReadonlyMap<string, ResolvedTemplate>,
  index: Index,
): readonly ResolutionProblem[] {
  return [...resolved.values()].flatMap((template) => {
    const chain = baseChain(template, resolved, index);
    const parent = resolved.get(template.base);
    const missing =
      parent === undefined ? [] : template.architectures.filter((one) => !parent.architectures.includes(one));
    const faults: Fault[] = [];
    if (chain.circular) faults.push({ message: `its bases form a circle: ${chain.slugs.join(' → ')}` });
    if (!chain.circular && chain.slugs.length > MAX_INHERITANCE_DEPTH) {
      faults.push({
        message: `the chain of bases is longer than ${MAX_INHERITANCE_DEPTH}: ${chain.slugs.join(' → ')}`,
      });
    }
    if (missing.length > 0) {
      const message = `is built for ${missing.join(', ')}, but its base "${template.base}" is not`;
      faults.push({ message, suggestion: `add the architecture to ${template.base}` });
    }
    return faults.map((fault) => ({ template: template.slug, ...fault }));
  });
}

/** Templates whose base, or its base in turn, could not be resolved. */
function withoutBase(
  resolved: ReadonlyMap<string, ResolvedTemplate>,
  index: Index,
): readonly ResolutionProblem[] {
  return [...resolved.values()].flatMap((template) => {
    const lost = baseChain(template, resolved, index).slugs.find((slug) => !resolved.has(slug));
    return lost === undefined
      ? []
      : [{ template: template.slug, message: `its base "${lost}" cannot be resolved` }];
  });
}

/** The template and the templates below it, as far as they resolve; the last slug is the first one that does not. */
function baseChain(
  template: ResolvedTemplate,
  resolved: ReadonlyMap<string, ResolvedTemplate>,
  index: Index,
) {
  const slugs = [template.slug];
  for (let base = template.base; index.bySlug.has(base); base = resolved.get(base)?.base ?? '') {
    const circular = slugs.includes(base);
    slugs.push(base);
    if (circular) return { slugs, circular };
  }
  return { slugs, circular: false };
}
