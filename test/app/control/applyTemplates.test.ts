import { describe, expect, test } from 'vitest';
import { START } from '../world.ts';
import { ADA, BOB, controlWorld, PYTHON_ML, R_RESEARCH, refusal, REQUEST } from './controlWorld.ts';

const file = (name: string, text: string) => ({ file: name, text });
const CHILD = 'name: Child\nslug: child\ninherits: [python-ml]\n';

describe('applying templates', () => {
  test('adds them without building any, and says what became of each', async () => {
    const { call, services } = await controlWorld({ templates: [] });
    const answer = await call('applyTemplates', {
      templates: [file('child.yaml', CHILD), file('python.yaml', PYTHON_ML)],
    });
    expect(answer.templates).toEqual([
      { file: 'child.yaml', slug: 'child', outcome: 'created', revision: 1, warnings: [] },
      { file: 'python.yaml', slug: 'python-ml', outcome: 'created', revision: 1, warnings: [] },
    ]);
    expect(await services.templates.get('python-ml')).toMatchObject({
      changedAt: START,
      changedBy: ADA,
      definition: { packages: { system: ['python3'] } },
    });
    expect((await services.templates.get('python-ml'))?.kept).toBeUndefined();
    expect((await services.regionBuilds.open()).builds).toEqual([]);
  });

  test('the same again, or written otherwise, changes nothing; another meaning is a new revision', async () => {
    const { call, services } = await controlWorld();
    const outcome = async (text: string) => {
      const { templates } = await call('applyTemplates', { templates: [file('p.yaml', text)] });
      return templates.map((template) => [template.outcome, template.revision]);
    };
    expect(await outcome(PYTHON_ML)).toEqual([['unchanged', 1]]);
    expect(await outcome(`# a comment\n${PYTHON_ML}`)).toEqual([['unchanged', 1]]);
    expect(await outcome(PYTHON_ML.replace('[python3]', '[python3, git]'))).toEqual([['changed', 2]]);
    expect((await services.templates.get('python-ml'))?.definition.packages.system).toEqual([
      'python3',
      'git',
    ]);
  });

  test('keeps what people said about a template', async () => {
    const { call, services } = await controlWorld();
    await call('buildTemplate', { slug: 'python-ml', requestId: REQUEST });
    const { kept } = (await services.templates.get('python-ml'))!;
    await call(
      'applyTemplates',
      { templates: [file('p.yaml', PYTHON_ML.replace('python3', 'python3.12'))] },
      BOB,
    );
    expect(await services.templates.get('python-ml')).toMatchObject({ kept, changedBy: BOB, revision: 3 });
  });

  test('the same twice at once makes one revision', async () => {
    const { call, services } = await controlWorld({ templates: [] });
    const both = await Promise.all(
      [ADA, BOB].map((actor) => call('applyTemplates', { templates: [file('p.yaml', PYTHON_ML)] }, actor)),
    );
    expect(both.flatMap(({ templates }) => templates.map(({ outcome }) => outcome)).sort()).toEqual([
      'created',
      'unchanged',
    ]);
    expect((await services.templates.get('python-ml'))?.revision).toBe(1);
  });

  test('two versions at once: one is told to apply again', async () => {
    const { call } = await controlWorld();
    const settled = await Promise.allSettled([
      call('applyTemplates', { templates: [file('p.yaml', PYTHON_ML.replace('python3', 'git'))] }, ADA),
      call('applyTemplates', { templates: [file('p.yaml', PYTHON_ML.replace('python3', 'vim'))] }, BOB),
    ]);
    const rejected = settled.find((result) => result.status === 'rejected');
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(rejected?.reason).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^arn:\S+ changed python-ml at the same time; apply again\.$/),
    });
  });
});

describe('all of them, or none if one is wrong', () => {
  test.each([
    [
      'a text that is no template, with each of its problems',
      [
        file('good.yaml', R_RESEARCH),
        file('bad.yaml', 'name: Bad\nbase: amazon-linux-2023\nusers: 3\nservices: 4\n'),
      ],
      [
        { file: 'bad.yaml', line: 3 },
        { file: 'bad.yaml', line: 4 },
      ],
    ],
    [
      'a parent that does not exist',
      [file('child.yaml', CHILD.replace('python-ml', 'pyton-ml'))],
      [{ file: 'child.yaml', line: 3, path: 'inherits', suggestion: 'did you mean python-ml?' }],
    ],
    [
      'a base that nobody tracks',
      [file('r.yaml', R_RESEARCH.replace('amazon-linux-2023', 'amazon-linux-2032'))],
      [{ file: 'r.yaml', line: 3, path: 'base', suggestion: 'did you mean amazon-linux-2023?' }],
    ],
    [
      'two files with one slug',
      [file('a.yaml', R_RESEARCH), file('b.yaml', R_RESEARCH)],
      [{ file: 'b.yaml', message: 'its slug r-research is that of a.yaml, too' }],
    ],
    [
      'what would not compile',
      [file('r.yaml', `${R_RESEARCH}package_manager: apt\n`)],
      [{ file: 'r.yaml', message: expect.stringMatching(/says package_manager apt, but its base/) }],
    ],
  ])('%s', async (_, templates, problems) => {
    const { call, services } = await controlWorld();
    const before = await services.templates.all();
    expect(await refusal(call('applyTemplates', { templates }))).toMatchObject({
      error: 'invalid',
      problems,
    });
    expect(await services.templates.all()).toEqual(before);
  });

  test('a stored template that would be broken is named', async () => {
    const { call } = await controlWorld({ templates: [PYTHON_ML, CHILD] });
    const { problems } = await refusal(
      call('applyTemplates', {
        templates: [file('python.yaml', `${PYTHON_ML}inherits: [child]\n`)],
      }),
    );
    expect(problems).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/^child, which is kept already: /) }),
    );
  });

  test('what was broken before does not stand in the way of others', async () => {
    const own =
      'auto_ami_policy:\n  mode: act\n  base_images:\n    golden:\n      parameter: /golden/{architecture}\n';
    const { call } = await controlWorld({
      policy: own,
      templates: ['name: On golden\nslug: on-golden\nbase: golden\npackage_manager: dnf\n'],
    });
    await call('changePolicy', { text: 'auto_ami_policy:\n  mode: act\n', reason: 'no more golden images' });
    const { templates } = await call('applyTemplates', { templates: [file('r.yaml', R_RESEARCH)] });
    expect(templates.map(({ outcome }) => outcome)).toEqual(['created']);
  });

  test('a thousand templates in one go', async () => {
    const { call, services } = await controlWorld({ templates: [] });
    const many = Array.from({ length: 1000 }, (_, index) =>
      file(`${index}.yaml`, PYTHON_ML.replace('slug: python-ml', `slug: t-${index}`)),
    );
    const { templates } = await call('applyTemplates', { templates: many });
    expect(templates.every(({ outcome }) => outcome === 'created')).toBe(true);
    expect(await services.templates.all()).toHaveLength(1000);
  });
});
