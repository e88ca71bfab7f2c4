import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveInheritance } from '../../../src/core/template/resolveInheritance.ts';
import type { Template } from '../../../src/core/template/template.ts';
import { aTemplate } from './builders.ts';

function resolve(templates: readonly Partial<Template>[], baseImages?: readonly string[]) {
  const whole = templates.map((given) => aTemplate({ name: given.slug ?? 'x', ...given }));
  return resolveInheritance(whole, baseImages === undefined ? {} : { baseImages });
}

const messages = (...args: Parameters<typeof resolve>) =>
  resolve(...args).problems.map(({ template, message, suggestion }) =>
    [`${template}: ${message}`, ...(suggestion === undefined ? [] : [suggestion])].join(' | '),
  );

const parent = (slug: string, ...inherits: string[]): Partial<Template> => ({ slug, inherits });

/** Without a base of its own. */
function child(slug: string, ...inherits: string[]): Template {
  const template: Template & { base?: string } = aTemplate({ slug, name: slug, inherits });
  delete template.base;
  return template;
}

describe('parents', () => {
  test('are found by slug and by name', () => {
    const { templates, problems } = resolve([
      { slug: 'rocky-base', name: 'Rocky Base' },
      parent('one', 'rocky-base'),
      parent('two', 'Rocky Base'),
    ]);
    expect(problems).toEqual([]);
    expect(templates.get('one')?.ancestors).toEqual(['rocky-base']);
    expect(templates.get('two')?.ancestors).toEqual(['rocky-base']);
  });

  test('come before children, each once, in the order they are named', () => {
    const { templates } = resolve([parent('d'), parent('b', 'd'), parent('c', 'd'), parent('a', 'b', 'c')]);
    expect(templates.get('a')?.ancestors).toEqual(['d', 'b', 'c']);
  });

  test('that are missing are told of every template that needs them, with the nearest name', () => {
    expect(messages([parent('ubuntu-basic'), parent('a', 'ubuntu-basik'), parent('b', 'a')])).toEqual([
      'a: inherits "ubuntu-basik", which does not exist | did you mean ubuntu-basic?',
      'b: a inherits "ubuntu-basik", which does not exist | did you mean ubuntu-basic?',
    ]);
  });

  test('whose name several templates have are told', () => {
    expect(messages([{ slug: 'a', name: 'Same' }, { slug: 'b', name: 'Same' }, parent('c', 'Same')])).toEqual(
      ['c: inherits "Same", which is the name of several templates | use a slug: a, b'],
    );
  });

  test('in a circle are told, with the circle', () => {
    expect(messages([parent('a', 'b'), parent('b', 'c'), parent('c', 'a'), parent('self', 'self')])).toEqual([
      'a: inherits itself: a → b → c → a',
      'b: inherits itself: b → c → a → b',
      'c: inherits itself: c → a → b → c',
      'self: inherits itself: self → self',
    ]);
  });

  test('in a chain that is too long are told', () => {
    const chain = Array.from({ length: 12 }, (_, index) =>
      index === 0 ? parent('t0') : parent(`t${index}`, `t${index - 1}`),
    );
    const told = messages(chain);
    expect(told.map((line) => line.split(':')[0])).toEqual(['t10', 't11']);
    expect(told[0]).toContain('the chain of parents is longer than 10');
  });
});

describe('bases', () => {
  test('are inherited from the nearest parent', () => {
    const { templates } = resolveInheritance([
      aTemplate({ slug: 'a', name: 'a', base: 'ubuntu-22.04' }),
      aTemplate({ slug: 'b', name: 'b', base: 'ubuntu-24.04', inherits: ['a'] }),
      child('c', 'b'),
      child('d', 'b', 'a'),
    ]);
    expect(templates.get('c')?.base).toBe('ubuntu-24.04');
    expect(templates.get('d')?.base).toBe('ubuntu-24.04');
  });

  test('that nobody names are told', () => {
    const { problems } = resolveInheritance([child('a')]);
    expect(problems).toEqual([
      { template: 'a', message: 'neither the template nor its parents name a base' },
    ]);
  });

  test('that cannot be built on are told with the reason, not with a name that is near', () => {
    expect(messages([{ slug: 'a', base: 'bottlerocket' }], ['ubuntu-22.04'])).toEqual([
      'a: the base "bottlerocket" cannot be built on: Bottlerocket has no shell and no package manager: its images are used as they are, and settings go into user data',
    ]);
    expect(messages([{ slug: 'a', base: 'bottlerocket' }], ['bottlerocket'])).toEqual([]);
  });

  test('are checked against the tracked base images, when those are given', () => {
    expect(messages([{ slug: 'a', base: 'ubunto-22.04' }], ['ubuntu-22.04'])).toEqual([
      'a: the base "ubunto-22.04" is neither a tracked base image nor a template | did you mean ubuntu-22.04?',
    ]);
    expect(messages([{ slug: 'a', base: 'ubunto-22.04' }])).toEqual([]);
    expect(messages([{ slug: 'a', base: 'ami-based' }], ['ubuntu-22.04'])).toEqual([]);
  });

  test('that are templates are named by their slug', () => {
    const { templates } = resolve([
      { slug: 'a', name: 'The A' },
      { slug: 'b', base: 'The A' },
    ]);
    expect(templates.get('b')?.base).toBe('a');
  });

  test('in a circle are told of all that rest on it', () => {
    expect(
      messages([
        { slug: 'a', base: 'b' },
        { slug: 'b', base: 'a' },
        { slug: 'c', base: 'a' },
      ]),
    ).toEqual([
      'a: its bases form a circle: a → b → a',
      'b: its bases form a circle: b → a → b',
      'c: its bases form a circle: c → a → b → a',
    ]);
  });

  test('must be built for the architectures of what rests on them', () => {
    const both = { architectures: ['x86_64', 'arm64'] as const };
    const resolution = resolve([{ slug: 'a' }, { slug: 'b', base: 'a', ...both }, { slug: 'c', base: 'b' }]);
    expect(resolution.problems).toEqual([
      {
        template: 'b',
        message: 'is built for arm64, but its base "a" is not',
        suggestion: 'add the architecture to a',
      },
      { template: 'c', message: 'its base "b" cannot be resolved' },
    ]);
    expect([...resolution.templates.keys()]).toEqual(['a']);
  });

  test('must not have a template’s slug', () => {
    expect(messages([{ slug: 'ubuntu-basic' }], ['ubuntu-22.04', 'ubuntu-basic'])).toEqual([
      'ubuntu-basic: "ubuntu-basic" is the name of a base image too | choose another slug',
    ]);
  });
});

test('one slug for two templates is told', () => {
  expect(
    messages([
      { slug: 'a', name: 'One' },
      { slug: 'a', name: 'Two' },
    ]),
  ).toEqual(['a: two templates have the slug "a": "One" and "Two" | give one of them another slug']);
});

test('all problems are told together, and what is sound resolves all the same', () => {
  const { templates, problems } = resolve(
    [parent('good'), parent('a', 'nowhere'), parent('b', 'b'), { slug: 'c', base: 'zebra' }],
    ['ubuntu-22.04'],
  );
  expect(problems.map(({ template }) => template)).toEqual(['a', 'b', 'c']);
  expect([...templates.keys()]).toEqual(['good']);
});

test('any graph of parents and bases resolves or is told, and ends', () => {
  const slugs = ['a', 'b', 'c', 'd', 'e'];
  const slug = fc.constantFrom(...slugs);
  const graph = fc.tuple(
    ...slugs.map((own) =>
      fc.record({
        slug: fc.constant(own),
        inherits: fc.uniqueArray(slug, { maxLength: 3 }),
        base: fc.oneof(slug, fc.constant('ubuntu-22.04')),
      }),
    ),
  );
  fc.assert(
    fc.property(graph, (templates) => {
      const { templates: resolved, problems } = resolve(templates, ['ubuntu-22.04']);
      const told = new Set(problems.map(({ template }) => template));
      for (const own of slugs) expect(resolved.has(own)).toBe(!told.has(own));
      for (const template of resolved.values()) {
        expect(template.ancestors).not.toContain(template.slug);
        expect(resolved.has(template.base) || template.base === 'ubuntu-22.04').toBe(true);
      }
    }),
  );
});
