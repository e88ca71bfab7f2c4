import { contentVersion } from './contentVersion.ts';
import type { Sha256 } from './contentVersion.ts';
import { renderDocument } from './awstoe.ts';
import { PHASES } from './step.ts';
import type { Step } from './step.ts';

/** Longest document that CreateComponent takes inline, in characters (Image Builder API, InlineComponentData). */
export const MAX_INLINE_CHARACTERS = 16_000;

/** Largest document Image Builder takes at all, in bytes (service quota "Component data size"). */
export const MAX_COMPONENT_BYTES = 65_536;

/** Components a recipe can have (service quota). */
export const MAX_COMPONENTS = 20;

/** What CreateComponent needs, for one part of a template. */
export interface ComponentSpec {
  /** `auto-ami-<slug>`, further parts `auto-ami-<slug>-2` … */
  readonly name: string;
  /** Made of the document's hash: a component of this name and version has exactly this document. */
  readonly semanticVersion: string;
  readonly platform: 'Linux';
  readonly description: string;
  /** The AWSTOE document. */
  readonly data: string;
  /** True: given as `data`. False: too long for that, to be put into a bucket of the region and given as `uri`. */
  readonly inline: boolean;
}

export interface Packing {
  readonly components: readonly ComponentSpec[];
  /** Steps that alone exceed what a component can hold: their names and sizes in bytes. */
  readonly oversized: readonly { readonly step: string; readonly bytes: number }[];
}

/**
 * Packs steps into as few components as stay inline, in order: build steps first, so that whatever is validated was
 * built before, whether Image Builder runs component after component or phase after phase. Only a single step that
 * is longer than an inline document makes a component that is not inline.
 */
export function packComponents(slug: string, steps: readonly Step[], sha256: Sha256): Packing {
  const ordered = PHASES.flatMap((phase) => steps.filter((step) => step.phase === phase));
  const frame = sizeOf(document(slug, MAX_COMPONENTS, []));
  const groups: { readonly steps: Step[]; size: number }[] = [];
  const oversized: { readonly step: string; readonly bytes: number }[] = [];
  for (const step of ordered) {
    const alone = sizeOf(document(slug, MAX_COMPONENTS, [step]));
    if (alone > MAX_COMPONENT_BYTES) oversized.push({ step: step.name, bytes: alone });
    const last = groups.at(-1);
    // Steps in one document share its frame, so that this never says less than the document has.
    if (last !== undefined && last.size + alone - frame <= MAX_INLINE_CHARACTERS) {
      last.steps.push(step);
      last.size += alone - frame;
    } else groups.push({ steps: [step], size: alone });
  }
  const components = groups.map((group, index): ComponentSpec => {
    const data = document(slug, index + 1, group.steps);
    return {
      name: componentName(slug, index + 1),
      semanticVersion: contentVersion(sha256(data)),
      platform: 'Linux',
      description: describe(slug),
      data,
      inline: sizeOf(data) <= MAX_INLINE_CHARACTERS,
    };
  });
  return { components, oversized };
}

export function componentName(slug: string, part: number): string {
  return part === 1 ? `auto-ami-${slug}` : `auto-ami-${slug}-${part}`;
}

function document(slug: string, part: number, steps: readonly Step[]): string {
  return renderDocument(componentName(slug, part), describe(slug), steps);
}

function describe(slug: string): string {
  return `Steps of the template ${slug}`;
}

/** Bytes, which are never fewer than characters: what fits by bytes fits by either count. */
function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
