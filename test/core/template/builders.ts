import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { osOfBase } from '../../../src/core/template/baseOs.ts';
import { compileTemplate } from '../../../src/core/template/compileTemplate.ts';
import type { CompileOptions } from '../../../src/core/template/compileTemplate.ts';
import type { ComponentSpec } from '../../../src/core/template/packComponents.ts';
import { parseTemplate } from '../../../src/core/template/parseTemplate.ts';
import { formatProblem } from '../../../src/core/template/problem.ts';
import { resolveInheritance } from '../../../src/core/template/resolveInheritance.ts';
import { NO_PACKAGES } from '../../../src/core/template/template.ts';
import type { BaseOs, ResolvedTemplate, Template } from '../../../src/core/template/template.ts';
import { templateGraph } from '../../../src/core/template/templateGraph.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const BASE_IMAGES = ['ubuntu-22.04', 'ubuntu-24.04', 'amazon-linux-2023'];

/** A template that says nothing but its name and what it is built on. */
export const BARE: Omit<Template, 'slug' | 'name' | 'base'> = {
  description: '',
  inherits: [],
  packages: NO_PACKAGES,
  services: [],
  users: [],
  postInstall: [],
  components: [],
  tests: [],
  instanceDefaults: { ports: [] },
  build: { instanceTypes: {} },
  tags: {},
  extra: {},
};

export function aTemplate(given: Partial<Template> = {}): Template {
  return {
    ...BARE,
    slug: 'python-ml',
    name: 'Python ML',
    base: 'ubuntu-22.04',
    ...given,
  };
}

export function aResolvedTemplate(given: Partial<ResolvedTemplate> = {}): ResolvedTemplate {
  return {
    ...aTemplate(),
    base: 'ubuntu-22.04',
    architectures: ['x86_64'],
    packageManager: 'auto',
    build: { strategy: 'build', instanceTypes: {} },
    ancestors: [],
    ...given,
  };
}

/** The template in a text that must be good. */
export function parsed(text: string, file = 'test.yaml'): Template {
  const result = parseTemplate(text, { file });
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.template;
}

/** What the parser says against a text, one line each, without the file name. */
export function problemsOf(text: string): readonly string[] {
  const result = parseTemplate(text, { file: 't' });
  return result.ok ? [] : result.problems.map((problem) => formatProblem(problem).replace(/^t:/, ''));
}

export function warningsOf(text: string): readonly string[] {
  return parseTemplate(text, { file: 't' }).warnings.map((warning) =>
    formatProblem(warning).replace(/^t:/, ''),
  );
}

/** The components of a template that must compile. */
export function compiled(
  template: ResolvedTemplate,
  options: Partial<CompileOptions> = {},
): readonly ComponentSpec[] {
  const result = compileTemplate(template, { sha256, ...options });
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.components;
}

export interface Example {
  readonly template: ResolvedTemplate;
  readonly os: BaseOs | undefined;
}

/** The templates below examples/templates, resolved, by slug. */
export function exampleTemplates(): ReadonlyMap<string, Example> {
  const folder = join(import.meta.dirname, '../../../examples/templates');
  const templates = readdirSync(folder).map((file) => parsed(readFileSync(join(folder, file), 'utf8'), file));
  const resolution = resolveInheritance(templates, { baseImages: BASE_IMAGES });
  if (resolution.problems.length > 0) throw new Error(JSON.stringify(resolution.problems));
  const graph = templateGraph(resolution.templates.values());
  return new Map(
    [...resolution.templates].map(([slug, template]) => [
      slug,
      { template, os: osOfBase(graph.rootBase.get(slug) ?? '') },
    ]),
  );
}
