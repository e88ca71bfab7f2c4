import { templateProblem } from '../../api/present/problems.ts';
import type { RequestOf } from '../../api/routes.ts';
import type { Problem } from '../../api/values.ts';
import { parseTemplate } from '../../core/template/parseTemplate.ts';
import type { TemplateProblem } from '../../core/template/problem.ts';
import type { Template } from '../../core/template/template.ts';

/** A template with the file it came from. */
export interface ReadTemplate {
  readonly file: string;
  readonly text: string;
  readonly template: Template;
  readonly warnings: readonly TemplateProblem[];
}

/** Reads every text; what is wrong with any of them is told together. Two of one slug are a problem of the second. */
export function readTemplates(files: RequestOf<'applyTemplates'>['templates']): {
  readonly templates: readonly ReadTemplate[];
  readonly problems: readonly Problem[];
} {
  const templates = new Map<string, ReadTemplate>();
  const problems: Problem[] = [];
  for (const { file, text } of files) {
    const parsed = parseTemplate(text, { file });
    if (!parsed.ok) {
      problems.push(...parsed.problems.map(templateProblem));
      continue;
    }
    const { template, warnings } = parsed;
    const other = templates.get(template.slug);
    if (other === undefined) templates.set(template.slug, { file, text, template, warnings });
    else
      problems.push({
        file,
        message: `its slug ${template.slug} is that of ${other.file}, too`,
        suggestion: 'give one of them another slug',
      });
  }
  return { templates: [...templates.values()], problems };
}
