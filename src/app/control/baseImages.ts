import { baseImageSummary, updateAnswer } from '../../api/present/baseImages.ts';
import { iso } from '../../api/present/instants.ts';
import { scanAnswer } from '../../api/present/scan.ts';
import type { AnswerOf, RequestOf } from '../../api/routes.ts';
import { basesOf } from '../../core/base-images/basesOf.ts';
import type { BaseImagePointer } from '../../core/base-images/pointer.ts';
import { by } from '../../core/by.ts';
import { resolveInheritance } from '../../core/template/resolveInheritance.ts';
import { templateGraph } from '../../core/template/templateGraph.ts';
import type { Services } from '../../ports.ts';
import { currentPolicy } from '../currentPolicy.ts';
import { inParallel } from '../../core/inParallel.ts';
import { notFound } from './notFound.ts';

type BaseServices = Pick<Services, 'now' | 'policies' | 'templates' | 'baseImages' | 'scanReports'>;

/** The base images that somebody builds on, was seen, or that the policy adds; the catalogue knows many more. */
export async function baseImages(services: BaseServices): Promise<AnswerOf<'baseImages'>> {
  const [{ policy, bases, pointers, templatesOn }, scan] = await Promise.all([
    survey(services),
    services.scanReports.last(),
  ]);
  const own = new Set(policy.baseImages.map(({ name }) => name));
  const shown = [...bases.values()]
    .filter(({ name }) => own.has(name) || pointers.has(name) || templatesOn.has(name))
    .sort(by(({ name }) => name));
  return {
    now: iso(services.now()),
    zone: policy.zone,
    scan: scanAnswer(scan),
    baseImages: await inParallel(shown, async (base) => {
      const [lastUpdate] = await services.baseImages.updates(base.name);
      return baseImageSummary(base, {
        pointers: pointers.get(base.name) ?? [],
        lastUpdate,
        templates: templatesOn.get(base.name) ?? [],
      });
    }),
  };
}

/** One base image of the catalogue or the policy, with its history, newest first. */
export async function baseImage(
  { base: name }: RequestOf<'baseImage'>,
  services: BaseServices,
): Promise<AnswerOf<'baseImage'>> {
  const [{ policy, bases, pointers, templatesOn }, updates] = await Promise.all([
    survey(services),
    services.baseImages.updates(name),
  ]);
  const base = bases.get(name);
  if (base === undefined) throw notFound('base image', name, bases.keys());
  return {
    now: iso(services.now()),
    zone: policy.zone,
    baseImage: baseImageSummary(base, {
      pointers: pointers.get(name) ?? [],
      lastUpdate: updates[0],
      templates: templatesOn.get(name) ?? [],
    }),
    updates: updates.map(updateAnswer),
  };
}

/** Every base image there is, where each stands, and who rests on it. */
async function survey(services: BaseServices) {
  const [{ policy }, all, pointers] = await Promise.all([
    currentPolicy(services),
    services.templates.all(),
    services.baseImages.pointers(),
  ]);
  const resolution = resolveInheritance(all.map(({ definition }) => definition));
  const { rootBase } = templateGraph(resolution.templates.values());
  const templatesOn = new Map<string, string[]>();
  for (const [slug, root] of [...rootBase].sort(by(([template]) => template)))
    templatesOn.set(root, [...(templatesOn.get(root) ?? []), slug]);
  const places = new Map<string, BaseImagePointer[]>();
  for (const pointer of pointers) places.set(pointer.base, [...(places.get(pointer.base) ?? []), pointer]);
  return { policy, bases: basesOf(policy), pointers: places, templatesOn };
}
