import { describe, expect, test } from 'vitest';
import { without } from '../../../src/core/builds/compose.ts';
import { BASE_IMAGES } from '../../../src/core/base-images/catalogue.ts';
import { checkCatalogue } from '../../../src/core/template/checkCatalogue.ts';
import { NO_PACKAGES, type Template } from '../../../src/core/template/template.ts';
import { aTemplate, sha256 } from './builders.ts';

const BASES = new Map(BASE_IMAGES.map((base) => [base.name, base]));
const withoutBase = (template: Template): Template => without(template, 'base');
const child = withoutBase(aTemplate({ slug: 'child', name: 'Child', inherits: ['python-ml'] }));
const check = (given: readonly Template[], stored: readonly Template[] = []) =>
  checkCatalogue(given, stored, BASES, sha256);

describe('given templates among the stored ones', () => {
  test('are kept parents first, however they came', () => {
    const grandchild = withoutBase(
      aTemplate({ slug: 'grandchild', name: 'Grandchild', inherits: ['child'] }),
    );
    const { problems, levels } = check([grandchild, child, aTemplate()]);
    expect(problems).toEqual([]);
    expect(levels.map((level) => level.map(({ slug }) => slug))).toEqual([
      ['python-ml'],
      ['child'],
      ['grandchild'],
    ]);
  });

  test('replace those of their slug, and may need what is stored', () => {
    expect(check([child], [aTemplate()]).problems).toEqual([]);
    expect(check([aTemplate({ base: 'ubuntu-24.04' })], [aTemplate(), child]).problems).toEqual([]);
    expect(check([child]).problems).toMatchObject([{ template: 'child' }]);
  });

  test('that break a stored child or a template on their AMI are refused in its name', () => {
    const onIt = aTemplate({ slug: 'on-it', name: 'On it', base: 'python-ml', packageManager: 'apt' });
    const dnf = aTemplate({ base: 'amazon-linux-2023' });
    expect(check([dnf], [aTemplate(), onIt]).problems).toMatchObject([
      { template: 'on-it', message: expect.stringMatching(/package_manager apt/) },
    ]);
  });

  test('answer for nothing that was broken before', () => {
    const broken = aTemplate({ slug: 'broken', name: 'Broken', base: 'no-such-base' });
    const odd = aTemplate({ slug: 'odd', name: 'Odd', base: 'amazon-linux-2023', packageManager: 'apt' });
    expect(check([aTemplate()], [broken, odd]).problems).toEqual([]);
    expect(check([aTemplate(), broken]).problems).toMatchObject([{ template: 'broken' }]);
  });

  test.each([
    ['sles-15-sp7', 'zypper'],
    ['amazon-linux-2', 'yum'],
    ['ecs-optimized-al2', 'yum'],
  ])(
    'on %s are refused with packages, which nothing here installs by %s, whatever they say',
    (base, manager) => {
      const message = `The packages of "python-ml" cannot be installed: its base ${base} has ${manager}, and what is listed is installed by apt or dnf. Install them in post_install.`;
      for (const packageManager of ['auto', 'dnf'] as const) {
        const listed = { packageManager, packages: { ...NO_PACKAGES, system: ['git'] } };
        expect(check([aTemplate({ base, ...listed })]).problems).toEqual([
          { template: 'python-ml', message },
        ]);
      }
      const scripts = aTemplate({
        base,
        packages: NO_PACKAGES,
        postInstall: [{ name: 'git', script: 'true' }],
      });
      expect(check([scripts]).problems).toEqual([]);
    },
  );

  test('tell what compiles and may not be meant', () => {
    const doubtful = aTemplate({ packages: { ...NO_PACKAGES, dnf: ['git'] } });
    expect(check([doubtful]).warnings.get('python-ml')).toEqual([
      'Packages listed below dnf are not installed: the base has apt.',
    ]);
  });
});
