import { describe, expect, test } from 'vitest';
import { NO_PACKAGES } from '../../../src/core/template/template.ts';
import type { ResolvedTemplate } from '../../../src/core/template/template.ts';
import { rehearseSteps, stepsOf } from './awstoeDocument.ts';
import { rehearse } from './bash.ts';
import type { Call } from './bash.ts';
import { aResolvedTemplate, compiled } from './builders.ts';

/** Every command a template's steps would run, as bash understands it. */
const rehearsed = (template: ResolvedTemplate): readonly Call[] =>
  rehearseSteps(compiled(template)).flatMap(({ calls, result, step }) => {
    expect(result, step).toMatchObject({ code: 0 });
    return calls;
  });

describe('commands, as bash understands them', () => {
  const template = aResolvedTemplate({
    packages: {
      ...NO_PACKAGES,
      system: ['git', 'g++=4:11'],
      apt: ['r-base'],
      dnf: ['R'],
      conda: ['numpy>=1.26,<2', 'a==1.*'],
      pip: ['x[y]>=1'],
    },
    users: [
      { name: 'ann', groups: ['wheel', 'docker'], shell: '/bin/zsh' },
      { name: 'bob', groups: [] },
    ],
    services: [
      { name: 'docker', config: ["it's $(pwned) {{x}}"] },
      { name: 'getty@tty1', config: [], enable: false },
    ],
  });

  test('on Ubuntu', () => {
    const calls = rehearsed(template);
    const apt = calls
      .filter(([name]) => name === 'apt-get')
      .map((call) => call.filter((word) => !word.includes('::') && word !== '-o'));
    expect(apt).toEqual([
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', 'git', 'g++=4:11', 'r-base'],
      ['apt-get', 'clean'],
    ]);
    expect(calls).toContainEqual([
      'conda',
      'install',
      '--yes',
      '--quiet',
      '--prefix',
      '/opt/miniforge',
      'numpy>=1.26,<2',
      'a==1.*',
    ]);
    expect(calls).toContainEqual([
      'python',
      '-m',
      'pip',
      'install',
      '--no-cache-dir',
      '--disable-pip-version-check',
      'x[y]>=1',
    ]);
    expect(calls).toContainEqual(['useradd', '--create-home', '--shell', '/bin/zsh', 'ann']);
    expect(calls).toContainEqual(['useradd', '--create-home', '--shell', '/bin/bash', 'bob']);
    expect(calls).toContainEqual(['groupadd', 'sudo']);
    expect(calls).toContainEqual(['usermod', '--append', '--groups', 'sudo,docker', 'ann']);
    expect(calls).toContainEqual(['tee', '--append', '/etc/docker/docker.conf']);
    expect(calls).toContainEqual(['systemctl', 'enable', 'docker']);
    expect(calls).toContainEqual(['systemctl', 'disable', '--now', 'getty@tty1']);
    expect(calls).toContainEqual(['systemctl', 'is-enabled', '--quiet', 'docker']);
    expect(calls).not.toContainEqual(['systemctl', 'is-enabled', '--quiet', 'getty@tty1']);
    expect(calls.flat()).not.toContain('R');
  });

  test('on Amazon Linux', () => {
    const calls = rehearsed({
      ...template,
      base: 'amazon-linux-2023',
      packages: { ...template.packages, system: ['git', '@development-tools'] },
    });
    const install = calls.find(([name, verb]) => name === 'dnf' && verb === 'install');
    expect(install?.slice(-3)).toEqual(['git', '@development-tools', 'R']);
    expect(install).toContain('--releasever=latest');
    expect(calls).toContainEqual(['usermod', '--append', '--groups', 'wheel,docker', 'ann']);
    expect(calls).toContainEqual(['rpm', '-q', '--quiet', 'git']);
    expect(calls.flat()).not.toContain('r-base');
  });

  test('pip without conda has an environment of its own', () => {
    const calls = rehearsed(
      aResolvedTemplate({
        base: 'ubuntu-24.04',
        packageManager: 'pip',
        packages: { ...NO_PACKAGES, pip: ['numpy'] },
      }),
    );
    expect(calls.find(([name, ...rest]) => name === 'apt-get' && rest.includes('install'))?.at(-1)).toBe(
      'python3-venv',
    );
    expect(calls).toContainEqual(['python3', '-m', 'venv', '/opt/python']);
  });

  test('a service that failed on the fresh instance fails the test, with its name and its log', () => {
    const test = stepsOf(compiled(template)).find(({ name }) => name === 'TestServices');
    const { calls, result } = rehearse(test?.script ?? '', []);
    expect(result).toMatchObject({ code: 1, stderr: 'services that failed: docker\n' });
    expect(calls).toContainEqual(['systemctl', 'is-failed', '--quiet', 'docker']);
    expect(calls).toContainEqual(['journalctl', '--no-pager', '--lines', '50', '--unit', 'docker']);
  });

  test('conda comes from where it is said to come from', () => {
    const template = aResolvedTemplate({ packageManager: 'conda' });
    const components = compiled(template, {
      miniforge: { version: '1.2-3', url: 'https://mirror.example/it%27s' },
    });
    const install = stepsOf(components).find(({ name }) => name === 'InstallMiniforge');
    const { calls } = rehearse(install?.script ?? '');
    const urls = calls.filter(([name]) => name === 'curl').map((call) => call.at(-1));
    expect(urls).toEqual([
      'https://mirror.example/it%27s/1.2-3/Miniforge3-1.2-3-Linux-.sh',
      'https://mirror.example/it%27s/1.2-3/Miniforge3-1.2-3-Linux-.sh.sha256',
    ]);
  });
});
