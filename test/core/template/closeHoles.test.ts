import { describe, expect, test } from 'vitest';
import { NO_PACKAGES, type ResolvedTemplate } from '../../../src/core/template/template.ts';
import { stepsOf } from './awstoeDocument.ts';
import { bash } from './bash.ts';
import { aResolvedTemplate, compiled } from './builders.ts';

const scriptFor = (upgrade: readonly string[], given: Partial<ResolvedTemplate> = {}): string | undefined =>
  stepsOf(compiled(aResolvedTemplate(given), { upgrade })).find(({ name }) => name === 'CloseHoles')?.script;

/** A machine of bash functions: what is installed, as source and name, and a manager that says what it was asked for. */
const DEBIAN = `
dpkg-query() {
  if [ "$#" -eq 2 ]; then
    printf 'installed openssl openssl\\ninstalled openssl libssl3\\ninstalled nginx nginx\\nconfig-files curl curl\\n'
    return
  fi
  case "$3" in
    openssl|libssl3) echo 'installed openssl';;
    nginx) echo 'installed nginx';;
    curl) echo 'config-files curl';;
    *) return 1;;
  esac
}
apt-get() { printf '%s\\n' "\${@: 3}" | sort | tr '\\n' ' '; }
`;
const AMAZON = `
rpm() {
  if [ "$1" = -qa ]; then
    printf 'openssl-3.src.rpm openssl\\nopenssl-3.src.rpm openssl-libs\\nnginx-1.src.rpm nginx\\n'
    return
  fi
  case "\${@: -1}" in
    openssl|openssl-libs) [ "$2" = --quiet ] || echo openssl-3.src.rpm;;
    nginx) [ "$2" = --quiet ] || echo nginx-1.src.rpm;;
    *) echo "package is not installed"; return 1;;
  esac
}
grep() { return 0; }
dnf() { printf '%s\\n' "$@" | sort | tr '\\n' ' '; }
`;

const said = (machine: string, script: string | undefined): string[] => {
  const { code, stdout, stderr } = bash(machine + (script ?? 'exit 9'));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.split(' ').filter((word) => /^[a-z]/.test(word) || word.startsWith('--'));
};

describe('a build for holes upgrades what had them', () => {
  test('on Debian with everything of the same source, and nothing else', () => {
    const words = said(DEBIAN, scriptFor(['libssl3', 'curl', 'gone']));
    expect(words.filter((word) => !word.startsWith('-'))).toEqual(['install', 'libssl3', 'openssl']);
    expect(words).toContain('--only-upgrade');
  });

  test('on Amazon Linux from the newest repositories', () => {
    const words = said(AMAZON, scriptFor(['openssl-libs', 'gone'], { base: 'amazon-linux-2023' }));
    expect(words).toEqual([
      '--releasever=latest',
      '--setopt=retries=10',
      'openssl',
      'openssl-libs',
      'upgrade',
    ]);
  });

  test('what is not installed any more is no fault', () => {
    expect(said(DEBIAN, scriptFor(['gone']))).toEqual([]);
    expect(said(AMAZON, scriptFor(['gone'], { base: 'amazon-linux-2023' }))).toEqual([]);
  });

  test.each([
    ['apt', 'ubuntu-24.04', 'nginx=1.24.0-1', DEBIAN, 'libssl3'],
    ['dnf', 'amazon-linux-2023', 'nginx-1.24.0', AMAZON, 'openssl-libs'],
  ])('what the template pins stays: %s', (_, base, pin, machine, other) => {
    const packages = { ...NO_PACKAGES, system: [pin] };
    expect(said(machine, scriptFor(['nginx', other], { base, packages }))).not.toContain('nginx');
    expect(said(machine, scriptFor(['nginx', other], { base }))).toContain('nginx');
  });

  test('names that are no package names never come into a script, and without names there is no step', () => {
    expect(scriptFor(['$(reboot)', 'a b', '-o'])).toBeUndefined();
    expect(scriptFor([])).toBeUndefined();
    expect(scriptFor(['nginx'], { packageManager: 'ami', base: 'some-template' })).toBeUndefined();
  });
});
