import { shellArray } from './shell.ts';
import { APT_QUIET, bashScript, usesVenv } from './step.ts';
import type { Step, StepContext } from './step.ts';
import type { BaseOs } from './template.ts';

/** The packages the base OS's manager installs, with what the template's other steps need themselves. */
export function systemPackages({ template, os }: StepContext): readonly string[] {
  if (os === undefined || template.packageManager === 'ami') return [];
  const own = [...template.packages.system, ...template.packages[os]];
  return [...new Set([...own, ...(usesVenv(template) ? VENV_PACKAGES[os] : [])])];
}

const VENV_PACKAGES: Readonly<Record<BaseOs, readonly string[]>> = {
  apt: ['python3-venv'],
  dnf: ['python3', 'python3-pip'],
};

/**
 * Installs what is listed and upgrades nothing else: what is in the base is the base image's business, and comes with the
 * next one; but for what has holes, see `closeHoles`. Package lists are refreshed where scripts may want to install something themselves, too.
 */
export function installSystemPackages(context: StepContext): readonly Step[] {
  const packages = systemPackages(context);
  const scripts = context.template.postInstall.length > 0;
  const upgrades = context.upgrade.length > 0 && context.template.packageManager !== 'ami';
  switch (context.os) {
    case 'apt':
      return [
        ...(packages.length > 0 || scripts || upgrades ? [aptLists()] : []),
        ...(packages.length > 0 ? [aptInstall(packages)] : []),
      ];
    case 'dnf':
      return packages.length > 0 ? [dnfInstall(packages)] : [];
    case undefined:
      return [];
  }
}

function aptLists(): Step {
  return {
    phase: 'build',
    name: 'RefreshPackageLists',
    maxAttempts: 3,
    script: bashScript(
      APT_QUIET,
      '# The first boot may still be using apt itself.',
      'cloud-init status --wait > /dev/null 2>&1 || true',
      'apt-get -o DPkg::Lock::Timeout=600 -o Acquire::Retries=5 update',
    ),
  };
}

function aptInstall(packages: readonly string[]): Step {
  return {
    phase: 'build',
    name: 'InstallSystemPackages',
    maxAttempts: 3,
    script: bashScript(
      APT_QUIET,
      shellArray('packages', packages),
      'apt-get -o DPkg::Lock::Timeout=600 -o Acquire::Retries=5 -o Dpkg::Options::=--force-confold \\',
      '  install -y "${packages[@]}"',
    ),
  };
}

function dnfInstall(packages: readonly string[]): Step {
  return {
    phase: 'build',
    name: 'InstallSystemPackages',
    maxAttempts: 3,
    script: bashScript(
      shellArray('packages', packages),
      '# Amazon Linux pins its repositories to the release of the AMI: fixes of what is listed come from the newest.',
      'release=()',
      `if grep -q '^ID="*amzn' /etc/os-release; then release=(--releasever=latest); fi`,
      '# The full curl and others conflict with the minimal ones of the base: what is listed wins.',
      'dnf install -y --allowerasing --setopt=retries=10 "${release[@]}" "${packages[@]}"',
    ),
  };
}

/** Every listed package must be there, by its own name or provided by another; groups cannot be asked for. */
export function validateSystemPackages(context: StepContext): readonly Step[] {
  const packages = systemPackages(context).filter((name) => !name.startsWith('@'));
  if (packages.length === 0 || context.os === undefined) return [];
  return [
    {
      phase: 'validate',
      name: 'ValidateSystemPackages',
      script: bashScript(
        shellArray(
          'packages',
          packages.map((name) => (context.os === 'apt' ? name.replace(/[=/].*$/, '') : name)),
        ),
        INSTALLED[context.os],
        'missing=()',
        'for package in "${packages[@]}"; do',
        '  installed "$package" || missing+=("$package")',
        'done',
        failWhenMissing('packages that are not installed'),
      ),
    },
  ];
}

const INSTALLED: Readonly<Record<BaseOs, string>> = {
  apt: [
    "provided=\"$(dpkg-query -W -f='${db:Status-Status} ${Provides}\\n' | sed -n 's/^installed //p' | tr -d ' ' | tr ',' '\\n' | sed 's/(.*//')\"",
    'installed() {',
    '  dpkg-query -W -f=\'${db:Status-Status}\\n\' "$1" 2> /dev/null | grep -qx installed || grep -qxF "$1" <<< "$provided"',
    '}',
  ].join('\n'),
  dnf: 'installed() { rpm -q --quiet "$1" || rpm -q --quiet --whatprovides "$1"; }',
};

/** Ends a script with everything that `missing` holds. */
export function failWhenMissing(what: string): string {
  return [
    'if [ "${#missing[@]}" -gt 0 ]; then',
    `  echo "${what}: \${missing[*]}" >&2`,
    '  exit 1',
    'fi',
  ].join('\n');
}
