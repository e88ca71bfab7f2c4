import type { Report } from './report.ts';
import type { Tell } from './tell.ts';

/** A part of the bench. It runs in a process of its own, so that its memory is its own. */
interface Part {
  readonly title: string;
  readonly load: () => Promise<{ readonly measure: (tell: Tell) => Promise<Report> }>;
}

/** In the order they run in: what is quick first. */
export const PARTS = {
  scan: {
    title: 'scan: nothing has changed, of 20 base images in 4 regions',
    load: () => import('./parts/scan.ts'),
  },
  plan: {
    title: 'plan: who of a long queue goes next',
    load: () => import('./parts/plan.ts'),
  },
  evidence: {
    title: 'evidence: assessing one update from feeds of true size',
    load: () => import('./parts/evidence.ts'),
  },
  rebuild: {
    title: 'rebuild: fifty templates on one changed base, in two regions',
    load: () => import('./parts/rebuild.ts'),
  },
} as const satisfies Readonly<Record<string, Part>>;
export type PartName = keyof typeof PARTS;

export const PART_NAMES = Object.keys(PARTS) as PartName[];

export function isPartName(text: string): text is PartName {
  return Object.hasOwn(PARTS, text);
}
