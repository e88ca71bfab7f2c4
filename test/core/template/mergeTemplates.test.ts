import { describe, expect, test } from 'vitest';
import { mergeTemplates } from '../../../src/core/template/mergeTemplates.ts';
import { NO_PACKAGES } from '../../../src/core/template/template.ts';
import { aTemplate } from './builders.ts';

const merge = (...all: Partial<Parameters<typeof mergeTemplates>[1]>[]) => {
  const templates = all.map((given, index) => aTemplate({ slug: `t${index}`, ...given }));
  return mergeTemplates(templates.slice(0, -1), templates.at(-1) ?? aTemplate(), 'ubuntu-22.04');
};

test('what identifies a template is its own', () => {
  const merged = merge(
    { name: 'Parent', description: 'p', version: '1', extra: { icon: 'p' } },
    { name: 'Child', description: 'c', extra: { icon: 'c' } },
  );
  expect(merged).toMatchObject({
    slug: 't1',
    name: 'Child',
    description: 'c',
    extra: { icon: 'c' },
    ancestors: ['t0'],
  });
  expect(merged).not.toHaveProperty('version');
});

test('defaults are filled in where nobody says anything', () => {
  expect(merge({})).toMatchObject({
    architectures: ['x86_64'],
    packageManager: 'auto',
    build: { strategy: 'build' },
  });
});

test('single values of the later definition win', () => {
  const merged = merge(
    {
      packageManager: 'apt',
      architectures: ['arm64'],
      userData: 'a',
      instanceDefaults: { ports: [22], rootVolumeGb: 30, type: 't3.small' },
      build: {
        strategy: 'copy',
        volumeGb: 50,
        instanceTypes: { x86_64: ['m7i.large'], arm64: ['m7g.large'] },
      },
      tags: { a: '1', b: '1' },
    },
    {
      packageManager: 'conda',
      instanceDefaults: { ports: [8888, 22], type: 't3.large' },
      build: { instanceTypes: { x86_64: ['c7i.large'] }, maxMinutes: 30 },
      tags: { b: '2' },
    },
  );
  expect(merged).toMatchObject({
    packageManager: 'conda',
    architectures: ['arm64'],
    userData: 'a',
    instanceDefaults: { ports: [22, 8888], rootVolumeGb: 30, type: 't3.large' },
    build: {
      strategy: 'copy',
      volumeGb: 50,
      maxMinutes: 30,
      instanceTypes: { x86_64: ['c7i.large'], arm64: ['m7g.large'] },
    },
    tags: { a: '1', b: '2' },
  });
});

test('packages are united; another version takes the place of the parent’s', () => {
  const merged = merge(
    { packages: { ...NO_PACKAGES, system: ['git', 'vim'], conda: ['python=3.11', 'numpy'] } },
    {
      packages: {
        ...NO_PACKAGES,
        system: ['vim', 'htop'],
        conda: ['conda-forge::python=3.12'],
        pip: ['plotly'],
      },
    },
  );
  expect(merged.packages).toEqual({
    ...NO_PACKAGES,
    system: ['git', 'vim', 'htop'],
    conda: ['conda-forge::python=3.12', 'numpy'],
    pip: ['plotly'],
  });
});

describe('entries of the same name are merged', () => {
  test('services field by field, their configuration appended', () => {
    const merged = merge(
      {
        services: [
          { name: 'jupyter', port: 8888, config: ['a'] },
          { name: 'docker', config: [] },
        ],
      },
      { services: [{ name: 'jupyter', enable: false, config: ['a', 'b'] }] },
    );
    expect(merged.services).toEqual([
      { name: 'jupyter', port: 8888, enable: false, config: ['a', 'b'] },
      { name: 'docker', config: [] },
    ]);
  });

  test('users with the groups of both', () => {
    const merged = merge(
      { users: [{ name: 'ann', groups: ['sudo'], shell: '/bin/zsh' }] },
      {
        users: [
          { name: 'ann', groups: ['docker', 'sudo'] },
          { name: 'bob', groups: [] },
        ],
      },
    );
    expect(merged.users).toEqual([
      { name: 'ann', groups: ['sudo', 'docker'], shell: '/bin/zsh' },
      { name: 'bob', groups: [] },
    ]);
  });

  test('tests are replaced', () => {
    const merged = merge(
      { tests: [{ name: 'version', command: 'a', expect: { kind: 'success' } }] },
      { tests: [{ name: 'version', command: 'b', expect: { kind: 'failure' } }] },
    );
    expect(merged.tests).toEqual([{ name: 'version', command: 'b', expect: { kind: 'failure' } }]);
  });
});

test('scripts run parents first; the same script reached twice runs once', () => {
  const shared = { name: 'base post-install', script: 'echo base\n' };
  const merged = merge(
    { postInstall: [shared] },
    { postInstall: [shared, { name: 'x', script: 'echo x\n' }] },
  );
  expect(merged.postInstall.map(({ script }) => script)).toEqual(['echo base\n', 'echo x\n']);
});

test('components are united in order', () => {
  expect(merge({ components: ['a', 'b'] }, { components: ['b', 'c'] }).components).toEqual(['a', 'b', 'c']);
});
