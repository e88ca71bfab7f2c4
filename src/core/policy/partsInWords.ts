import { durationInWords } from '../time/duration.ts';
import type { MicroDollars, Milliseconds } from '../words.ts';
import type { Grant, Policy, TemplatePolicy, TrackedBaseImage } from './policy.ts';
import type { PolicyLine } from './policyInWords.ts';
import { dollarsInWords, listed, percentInWords } from './words.ts';

type TemplateLine = (overrides: Partial<TemplatePolicy>) => PolicyLine[];

function templateLine<K extends keyof TemplatePolicy>(
  field: K,
  key: string,
  words: (value: TemplatePolicy[K]) => string,
): TemplateLine {
  return (overrides) => {
    const value: TemplatePolicy[K] | undefined = overrides[field];
    return value === undefined ? [] : [{ key, words: words(value) }];
  };
}

/** Every value that may differ from template to template. */
const TEMPLATE_LINES: readonly TemplateLine[] = [
  templateLine('mode', 'mode', String),
  templateLine('popularityThreshold', 'popularity_threshold', (launches) => `${launches} launches`),
  templateLine('strategy', 'strategy', String),
  templateLine('maxCost', 'max_cost', costInWords),
  templateLine('minimumAge', 'minimum_age', durationInWords),
  templateLine('securityWindow', 'security_window', ageInWords),
  templateLine('promotion', 'promotion', String),
  templateLine('soak', 'soak', durationInWords),
  templateLine('regions', 'regions', (regions) => (regions === null ? 'all' : listed(regions))),
];

export function templatesInWords(templates: Policy['templates']): PolicyLine[] {
  return Object.entries(templates).flatMap(([name, overrides]) => [
    // The name alone is a line too: naming a template without overrides is something a file can say.
    { key: `templates.${name}`, words: 'named' },
    ...TEMPLATE_LINES.flatMap((line) => line(overrides)).map(({ key, words }) => ({
      key: `templates.${name}.${key}`,
      words,
    })),
  ]);
}

/** A greatest age: `7 days`, `never`. */
export function ageInWords(age: Milliseconds | null): string {
  return age === null ? 'never' : durationInWords(age);
}

export function costInWords(cost: MicroDollars | null): string {
  return cost === null ? 'none' : dollarsInWords(cost);
}

export function grantsInWords(grants: readonly Grant[]): PolicyLine[] {
  return grants.flatMap(({ id, limit, start, end, startsAt, endsAt, owner, shares }) => [
    { key: `grants.${id}.limit`, words: dollarsInWords(limit) },
    { key: `grants.${id}.start`, words: `${start} (${new Date(startsAt).toISOString()})` },
    { key: `grants.${id}.end`, words: `${end} (${new Date(endsAt).toISOString()})` },
    { key: `grants.${id}.owner`, words: owner },
    ...Object.entries(shares).map(([template, share]) => ({
      key: `grants.${id}.shares.${template}`,
      words: percentInWords(share),
    })),
  ]);
}

export function imagesInWords(images: readonly TrackedBaseImage[]): PolicyLine[] {
  return images.flatMap(({ name, source, architectures, like, operatingSystem, endOfLife }) => [
    { key: `base_images.${name}`, words: sourceInWords(source) },
    { key: `base_images.${name}.architectures`, words: listed(architectures) },
    { key: `base_images.${name}.like`, words: like ?? 'none' },
    {
      key: `base_images.${name}.operating_system`,
      words: operatingSystem ?? (like === null ? 'linux' : `that of ${like}`),
    },
    { key: `base_images.${name}.end_of_life`, words: endOfLife ?? 'not known' },
  ]);
}

function sourceInWords(source: TrackedBaseImage['source']): string {
  switch (source.kind) {
    case 'public-parameter':
    case 'own-parameter': {
      const names = Object.entries(source.parameters).map(
        ([architecture, name]) => `${architecture} ${name}`,
      );
      return `${source.kind === 'own-parameter' ? 'own' : 'public'} parameter: ${listed(names)}`;
    }
    case 'filter':
      return `images of ${source.owner} named ${source.nameFilter}`;
  }
}
