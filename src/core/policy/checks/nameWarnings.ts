import { BASE_IMAGES } from '../../base-images/catalogue.ts';
import { nearest } from '../../time/nearest.ts';
import type { Checked } from './checked.ts';

/** Templates and regions that the deployment does not have, and base images that are like none there is. */
export function warnOfNames({ policy, context, warn }: Checked): void {
  const templates = (path: string, names: readonly string[], instead: string): void => {
    warnOfUnknown(context.knownTemplates, names, 'template', (name, message) => {
      warn(path.endsWith('.') ? `${path}${name}` : path, message, instead);
    });
  };
  templates('seasonal_precompilation.templates', policy.seasonal.templates, 'it is left out until it exists');
  templates('templates.', Object.keys(policy.templates), 'what is said for it waits until it exists');
  for (const [index, { shares }] of policy.grants.entries()) {
    templates(`grants[${index}].shares.`, Object.keys(shares), 'nothing is booked for it until it exists');
  }
  const regions = (path: string, names: readonly string[]): void => {
    warnOfUnknown(context.knownRegions, names, 'region', (_, message) => {
      warn(path, message, 'nothing is built there until the deployment has it');
    });
  };
  regions('region_priority', policy.regionPriority);
  for (const [name, template] of Object.entries(policy.templates)) {
    regions(`templates.${name}.regions`, template.regions ?? []);
  }
  const builtIn = BASE_IMAGES.map((base) => base.name);
  for (const { name, like } of policy.baseImages) {
    warnOfUnknown(builtIn, like === null ? [] : [like], 'built-in base image', (_, message) => {
      const instead = 'it is like none: nothing tells what its updates fix, and every one of them is unknown';
      warn(`base_images.${name}.like`, message, instead);
    });
  }
}

function warnOfUnknown(
  known: readonly string[] | undefined,
  names: readonly string[],
  kind: 'template' | 'region' | 'built-in base image',
  warn: (name: string, message: string) => void,
): void {
  if (known === undefined) return;
  const all = new Set(known);
  for (const name of names) {
    if (all.has(name)) continue;
    const meant = nearest(name, known);
    warn(
      name,
      `there is no ${kind} ${JSON.stringify(name)}${meant === null ? '' : ` (did you mean ${meant}?)`}`,
    );
  }
}
