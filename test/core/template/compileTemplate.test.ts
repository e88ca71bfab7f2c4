import { describe, expect, test } from 'vitest';
import { compileTemplate } from '../../../src/core/template/compileTemplate.ts';
import { NO_PACKAGES } from '../../../src/core/template/template.ts';
import type { ResolvedTemplate } from '../../../src/core/template/template.ts';
import { documents, stepsOf } from './awstoeDocument.ts';
import { syntaxError } from './bash.ts';
import { aResolvedTemplate, compiled, exampleTemplates, sha256 } from './builders.ts';

const names = (template: ResolvedTemplate) =>
  stepsOf(compiled(template)).map(({ phase, name }) => `${phase} ${name}`);

describe.each([...exampleTemplates()])('the example %s', (_, { template, os }) => {
  const components = compiled(template, os === undefined ? {} : { baseOs: os });

  test('makes AWSTOE documents', () => {
    for (const [index, document] of documents(components).entries()) {
      expect(Object.keys(document)).toEqual(['name', 'description', 'schemaVersion', 'phases']);
      expect(document).toMatchObject({ name: components[index]?.name, schemaVersion: 1 });
      expect(components[index]?.data).toContain('\nschemaVersion: 1.0\n');
      const order = ['build', 'validate', 'test'].filter((name) =>
        document.phases.some((phase) => phase.name === name),
      );
      expect(document.phases.map((phase) => phase.name)).toEqual(order);
    }
    const steps = stepsOf(components);
    expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
    for (const step of steps) {
      expect(step).toMatchObject({
        name: expect.stringMatching(/^[A-Za-z][A-Za-z0-9]*$/),
        action: 'ExecuteBash',
        onFailure: 'Abort',
      });
      expect(step.inputs.commands).toHaveLength(1);
    }
  });

  test('makes bash that is syntactically right, and holds nothing AWSTOE would replace', () => {
    for (const { script } of stepsOf(components)) {
      expect(syntaxError(script)).toBe('');
      expect(script).not.toContain('{{');
    }
  });

  test('fits into inline components of its own names', () => {
    const expected = components.map(
      (__, index) => `auto-ami-${template.slug}${index === 0 ? '' : `-${index + 1}`}`,
    );
    expect(components.map(({ name }) => name)).toEqual(expected);
    expect(components.every(({ inline, data }) => inline && data.length <= 16_000)).toBe(true);
  });

  test('makes the same components again', () => {
    expect(compiled(structuredClone(template), os === undefined ? {} : { baseOs: os })).toEqual(components);
  });
});

describe('steps', () => {
  test('of a template with everything', () => {
    const template = aResolvedTemplate({
      packages: { ...NO_PACKAGES, system: ['git'], conda: ['jupyterlab'], pip: ['plotly'] },
      users: [{ name: 'ann', groups: ['sudo'] }],
      services: [{ name: 'jupyter', config: ['a = 1'] }],
      postInstall: [
        { name: 'one', script: 'echo 1\n', timeoutSeconds: 60 },
        { name: 'two', script: 'echo 2\n' },
      ],
      tests: [{ name: 'works', command: 'true', expect: { kind: 'success' } }],
    });
    expect(names(template)).toEqual([
      'build RefreshPackageLists',
      'build InstallSystemPackages',
      'build InstallMiniforge',
      'build InstallCondaPackages',
      'build InstallPythonPackages',
      'build CreateUsers',
      'build ConfigureServices',
      'build Script1',
      'build Script2',
      'build EnableServices',
      'build CleanUp',
      'validate ValidateSystemPackages',
      'validate ValidateCondaPackages',
      'validate ValidatePythonPackages',
      'validate ValidateUsers',
      'validate ValidateServices',
      'test TestServices',
      'test Test1',
    ]);
    expect(stepsOf(compiled(template)).find(({ name }) => name === 'Script1')?.timeoutSeconds).toBe(60);
  });

  test('of a template with nothing', () => expect(names(aResolvedTemplate())).toEqual(['build CleanUp']));

  test('package lists are refreshed for scripts, too', () => {
    const template = aResolvedTemplate({ postInstall: [{ name: 'x', script: 'apt-get install -y git\n' }] });
    expect(names(template)).toEqual(['build RefreshPackageLists', 'build Script1', 'build CleanUp']);
  });

  test('of package manager ami install nothing, and say so', () => {
    const template = aResolvedTemplate({
      base: 'ami-based',
      packageManager: 'ami',
      packages: { ...NO_PACKAGES, system: ['git'], pip: ['a'] },
    });
    expect(names(template)).toEqual(['build CleanUp']);
    expect(compileTemplate(template, { sha256 })).toMatchObject({
      warnings: ['Its packages are not installed: package_manager is ami.'],
    });
  });

  test('nothing is ever upgraded as a whole', () => {
    for (const { template, os } of exampleTemplates().values()) {
      const text = compiled(template, os === undefined ? {} : { baseOs: os })
        .map(({ data }) => data)
        .join('\n');
      expect(text).not.toMatch(/(?:apt-get|apt|dnf|yum)[^\n]*(?:upgrade|[^-]update -y)/);
    }
  });
});

describe('what cannot be compiled is told', () => {
  const problems = (given: Partial<ResolvedTemplate>) => {
    const result = compileTemplate(aResolvedTemplate(given), { sha256 });
    return result.ok ? [] : result.problems;
  };

  test.each<[string, Partial<ResolvedTemplate>, RegExp]>([
    [
      'a manager the base does not have',
      { packageManager: 'dnf' },
      /says package_manager dnf, but its base ubuntu-22.04 has apt/,
    ],
    [
      'packages on a base nobody knows',
      { base: 'golden', packages: { ...NO_PACKAGES, system: ['git'] } },
      /package manager of the base "golden" is not known/,
    ],
    [
      'a dash at the end, which removes',
      { packages: { ...NO_PACKAGES, apt: ['git-'] } },
      /packages.apt: "git-" cannot be used/,
    ],
    [
      'capitals on Debian',
      { packages: { ...NO_PACKAGES, system: ['ImageMagick'] } },
      /packages.system: "ImageMagick" cannot be used/,
    ],
    ['options for names', { users: [{ name: '-o', groups: [] }] }, /users: "-o" cannot be used/],
    [
      'text of two lines for one',
      { services: [{ name: 'a', config: ['a\nb'] }] },
      /is not one printable line/,
    ],
    [
      'unprintable scripts',
      { postInstall: [{ name: 'a', script: '\u2028phases:' }] },
      /holds characters that cannot be printed/,
    ],
    ['a slug that is none', { slug: 'a b' }, /slug: "a b" cannot be used/],
    [
      'a script beyond all limits',
      { postInstall: [{ name: 'big', script: '# x\n'.repeat(20_000) }] },
      /^The script "big" makes a document of \d+ bytes/,
    ],
    [
      'too many components',
      {
        components: Array.from(
          { length: 20 },
          (_, n) => `arn:aws:imagebuilder:us-east-1:aws:component/c${n}/x.x.x`,
        ),
      },
      /needs 21 components/,
    ],
  ])('%s', (_, given, expected) => expect(problems(given)).toEqual([expect.stringMatching(expected)]));

  test('a base nobody knows is none of our business when nothing is installed, or when its manager is said', () => {
    expect(problems({ base: 'golden', users: [{ name: 'a', groups: [] }] })).toEqual([]);
    expect(
      problems({ base: 'golden', packageManager: 'dnf', packages: { ...NO_PACKAGES, system: ['git'] } }),
    ).toEqual([]);
    const template = aResolvedTemplate({ base: 'golden', packages: { ...NO_PACKAGES, system: ['git'] } });
    expect(compileTemplate(template, { sha256, baseOs: 'apt' }).ok).toBe(true);
  });
});
