import { packageKey, PACKAGE_NAME } from './names.ts';
import { shellArray } from './shell.ts';
import { APT_QUIET, bashScript, type Step, type StepContext } from './step.ts';
import { systemPackages } from './systemPackages.ts';
import type { BaseOs } from './template.ts';

/**
 * Brings packages that had holes to their newest version, also those of the base: building again on the same base would
 * otherwise find them as they were. All that was made of the same source goes with them, as advisories are about
 * sources. What the template pins to a version stays, and what is not installed is passed over.
 */
export function closeHoles(context: StepContext): readonly Step[] {
  const { os, template, upgrade } = context;
  if (os === undefined || template.packageManager === 'ami') return [];
  const packages = upgrade.filter((name) => PACKAGE_NAME[os].pattern.test(name));
  if (packages.length === 0) return [];
  const pinned = systemPackages(context).flatMap((spec) => pinnedName(spec, os));
  return [
    {
      phase: 'build',
      name: 'CloseHoles',
      maxAttempts: 3,
      script: bashScript(
        shellArray('packages', packages),
        shellArray('pinned', pinned),
        TOOLS[os],
        SAME_SOURCE,
        UPGRADE[os],
      ),
    },
  ];
}

/** Of `nginx=1.24.0-1` or `nginx-1.24.0` the name. */
function pinnedName(spec: string, os: BaseOs): string[] {
  if (os === 'apt') return spec.includes('=') ? [packageKey('apt', spec)] : [];
  const [, name] = /^(.+?)-(?:\d+:)?\d[^-]*(?:-[^-]+)?$/.exec(spec) ?? [];
  return name === undefined ? [] : [name];
}

/** `all`: everything installed, as lines of source and name; `source_of`: the source of one, if it is installed. */
const TOOLS: Readonly<Record<BaseOs, string>> = {
  apt: [
    'all() {',
    "  dpkg-query -W -f='${db:Status-Status} ${source:Package} ${Package}\\n' | sed -n 's/^installed //p'",
    '}',
    'source_of() {',
    "  dpkg-query -W -f='${db:Status-Status} ${source:Package}\\n' \"$1\" 2> /dev/null | sed -n 's/^installed //p'",
    '}',
  ].join('\n'),
  dnf: [
    "all() { rpm -qa --qf '%{SOURCERPM} %{NAME}\\n'; }",
    'source_of() { if rpm -q --quiet "$1"; then rpm -q --qf \'%{SOURCERPM}\\n\' "$1"; fi; }',
  ].join('\n'),
};

const SAME_SOURCE = [
  'declare -A wanted=() kept=() chosen=()',
  'for package in "${pinned[@]}"; do kept["$package"]=1; done',
  'for package in "${packages[@]}"; do',
  '  for source in $(source_of "$package" || true); do wanted["$source"]=1; done',
  'done',
  'while read -r source package; do',
  '  if [ -n "${wanted["$source"]:-}" ] && [ -z "${kept["$package"]:-}" ]; then chosen["$package"]=1; fi',
  'done < <(all)',
].join('\n');

const UPGRADE: Readonly<Record<BaseOs, string>> = {
  apt: [
    APT_QUIET,
    'if [ "${#chosen[@]}" -gt 0 ]; then',
    '  apt-get -o DPkg::Lock::Timeout=600 -o Acquire::Retries=5 -o Dpkg::Options::=--force-confold \\',
    '    install -y --only-upgrade "${!chosen[@]}"',
    'fi',
  ].join('\n'),
  dnf: [
    '# Amazon Linux pins its repositories to the release of the AMI: fixes come from the newest.',
    'release=()',
    `if grep -q '^ID="*amzn' /etc/os-release; then release=(--releasever=latest); fi`,
    'if [ "${#chosen[@]}" -gt 0 ]; then',
    '  dnf upgrade -y --setopt=retries=10 "${release[@]}" "${!chosen[@]}"',
    'fi',
  ].join('\n'),
};
