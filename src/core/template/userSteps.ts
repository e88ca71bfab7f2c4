import { feed, shellArray, shellQuote } from './shell.ts';
import { bashScript } from './step.ts';
import type { Step, StepContext } from './step.ts';
import { failWhenMissing } from './systemPackages.ts';
import type { BaseOs, User } from './template.ts';

/** Who may become root has another name in each family; templates say either. */
const ADMIN_GROUPS: Readonly<Record<BaseOs, Readonly<Record<string, string>>>> = {
  apt: { wheel: 'sudo' },
  dnf: { sudo: 'wheel' },
};

/** Creates users and groups that are not there, adds those that are. Nobody gets a password. */
export function createUsers({ template, os }: StepContext): readonly Step[] {
  if (template.users.length === 0) return [];
  const names = template.users.map((user) => user.name);
  const unit = `auto-ami-keys-${template.slug}`;
  const helper = `/usr/local/lib/auto-ami/${unit}`;
  return [
    {
      phase: 'build',
      name: 'CreateUsers',
      script: bashScript(
        'ensure_group() { getent group "$1" > /dev/null || groupadd "$1"; }',
        'ensure_user() {',
        '  if id -u "$1" > /dev/null 2>&1; then return; fi',
        '  if getent group "$1" > /dev/null; then useradd --create-home --shell "$2" --gid "$1" "$1"; return; fi',
        '  useradd --create-home --shell "$2" "$1"',
        '}',
        ...template.users.map((user) => createUser(user, os)),
        "# Users other than the base image's own get the key an instance is launched with when it first starts.",
        feed(`install -D -m 0755 /dev/stdin ${helper}`, copyKeys(names)),
        feed(`install -D -m 0644 /dev/stdin /etc/systemd/system/${unit}.service`, keysUnit(helper)),
        'systemctl daemon-reload',
        `systemctl enable ${unit}.service`,
      ),
    },
  ];
}

function createUser(user: User, os: BaseOs | undefined): string {
  const name = shellQuote(user.name);
  const groups = user.groups.map((group) => (os === undefined ? group : (ADMIN_GROUPS[os][group] ?? group)));
  return [
    `ensure_user ${name} ${shellQuote(user.shell ?? '/bin/bash')}`,
    ...(user.shell === undefined ? [] : [`usermod --shell ${shellQuote(user.shell)} ${name}`]),
    ...groups.map((group) => `ensure_group ${shellQuote(group)}`),
    ...(groups.length === 0 ? [] : [`usermod --append --groups ${shellQuote(groups.join(','))} ${name}`]),
  ].join('\n');
}

/** Cloud-init gives the launch key to one user; the image's other users get it from there. */
function copyKeys(names: readonly string[]): string {
  return [
    '#!/bin/bash',
    'set -euo pipefail',
    shellArray('users', names),
    'for owner in ubuntu ec2-user admin rocky; do',
    '  keys="/home/$owner/.ssh/authorized_keys"',
    '  [ -s "$keys" ] || continue',
    '  for user in "${users[@]}"; do',
    '    home="$(getent passwd "$user" | cut -d: -f6)"',
    '    if [ -e "$home/.ssh/authorized_keys" ]; then continue; fi',
    '    install -d -m 0700 -o "$user" -g "$(id -g "$user")" "$home/.ssh"',
    '    install -m 0600 -o "$user" -g "$(id -g "$user")" "$keys" "$home/.ssh/authorized_keys"',
    '  done',
    'done',
    '',
  ].join('\n');
}

function keysUnit(helper: string): string {
  return [
    '[Unit]',
    'Description=Gives the launch key to the users of this image',
    'After=cloud-init.service cloud-init-network.service',
    '',
    '[Service]',
    'Type=oneshot',
    `ExecStart=${helper}`,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}

export function validateUsers({ template }: StepContext): readonly Step[] {
  if (template.users.length === 0) return [];
  return [
    {
      phase: 'validate',
      name: 'ValidateUsers',
      script: bashScript(
        shellArray(
          'users',
          template.users.map((user) => user.name),
        ),
        'missing=()',
        'for user in "${users[@]}"; do',
        '  id -u "$user" > /dev/null 2>&1 || missing+=("$user")',
        'done',
        failWhenMissing('users that do not exist'),
      ),
    },
  ];
}
