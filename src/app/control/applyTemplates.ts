import { ApiError } from '../../api/errors.ts';
import { templateProblem } from '../../api/present/problems.ts';
import type { AnswerOf, Caller, RequestOf } from '../../api/routes.ts';
import type { Problem } from '../../api/values.ts';
import { basesOf } from '../../core/base-images/basesOf.ts';
import { checkCatalogue } from '../../core/template/checkCatalogue.ts';
import type { Services } from '../../ports.ts';
import { currentPolicy } from '../currentPolicy.ts';
import { inParallel } from '../../core/inParallel.ts';
import { readTemplates } from './readTemplates.ts';
import { resolutionProblem } from './resolutionProblem.ts';
import { type Saved, saveDefinition } from './saveDefinition.ts';
import { unpauseHeirs } from './unpauseHeirs.ts';

type ApplyServices = Pick<Services, 'now' | 'sha256' | 'policies' | 'templates'>;

/**
 * Adds or changes templates; it builds none of them. All of them, or none if one is wrong: they are read, put together
 * with those there are, and compiled before the first is kept. The same text again is recognised and changes nothing.
 * @throws ApiError `invalid` with every problem, `conflict` if somebody else changed one of them at the same time
 */
export async function applyTemplates(
  { templates: files }: RequestOf<'applyTemplates'>,
  { actor }: Caller,
  services: ApplyServices,
): Promise<AnswerOf<'applyTemplates'>> {
  const given = readTemplates(files);
  if (given.problems.length > 0) throw invalid(given.problems);
  const [{ policy }, stored] = await Promise.all([currentPolicy(services), services.templates.all()]);
  const fileOf = new Map(given.templates.map((read) => [read.template.slug, read]));
  const { problems, warnings, levels } = checkCatalogue(
    given.templates.map(({ template }) => template),
    stored.map(({ definition }) => definition),
    basesOf(policy),
    services.sha256,
  );
  if (problems.length > 0)
    throw invalid(problems.map((problem) => resolutionProblem(problem, fileOf.get(problem.template))));

  const before = new Map(stored.map((template) => [template.slug, template]));
  const saved = new Map<string, Saved>();
  // Parents are kept before their children: at no moment is there a child whose parent is missing.
  for (const level of levels)
    await inParallel(level, async (definition) => {
      const { slug } = definition;
      saved.set(slug, await saveDefinition(definition, before.get(slug), actor, services));
    });
  await unpauseHeirs(services);
  return {
    templates: given.templates.flatMap(({ file, template: { slug }, warnings: own }) => {
      const result = saved.get(slug);
      const more = (warnings.get(slug) ?? []).map((message) => ({ file, message }));
      return result === undefined
        ? []
        : [{ file, slug, ...result, warnings: [...own.map(templateProblem), ...more] }];
    }),
  };
}

function invalid(problems: readonly Problem[]): ApiError {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return new ApiError('invalid', `Nothing was applied: the templates have ${count}.`, problems);
}
