import { createHash } from 'node:crypto';
import type { ImagePackage } from '@aws-sdk/client-imagebuilder';
import type { ComponentDocument } from '../resources/componentDocument.ts';

/** What the inventory of an image is made from. */
export interface PackagedImage {
  readonly arn: string;
  readonly region: string;
  readonly parent: { readonly imageId: string; readonly name: string; readonly architecture: string };
  /** Names, and versions where the command gives one, that the components' commands install with dnf, yum or apt. */
  readonly installed: readonly { readonly name: string; readonly version?: string }[];
}

/** Gives an image's package list; tests of what an update fixes bring their own. */
export type PackagesOf = (image: PackagedImage) => readonly ImagePackage[];

const COMMON = [
  ...[
    'bash',
    'bzip2',
    'coreutils',
    'cpio',
    'curl',
    'diffutils',
    'file',
    'findutils',
    'gawk',
    'glibc',
    'grep',
    'gzip',
    'less',
  ],
  ...[
    'libxml2',
    'ncurses',
    'openssh-server',
    'openssl',
    'pam',
    'procps-ng',
    'python3',
    'rsync',
    'sed',
    'sqlite',
    'sudo',
  ],
  ...['systemd', 'tar', 'tzdata', 'util-linux', 'vim-minimal', 'wget', 'xz', 'zlib'],
] as const;

/** How distributions end their versions, by the name of the parent. */
const RELEASES: readonly (readonly [RegExp, string])[] = [
  [/^al2023-ami/, '.amzn2023.0.1'],
  [/^amzn2-ami/, '.amzn2'],
  [/^ubuntu\/images/, 'ubuntu1'],
  [/^debian-/, '+deb12u1'],
  [/^(?:Rocky|AlmaLinux|RHEL)/, '.el9'],
];

/** A version that is the same for the same package and text, and looks like one of the parent's distribution. */
function versionFor(name: string, seed: string): string {
  const [first = 0, second = 0, third = 0, release = 0] = createHash('sha256')
    .update(`${name}\n${seed}`)
    .digest();
  const [, ending = ''] = RELEASES.find(([pattern]) => pattern.test(seed)) ?? [];
  return `${first % 9}.${second % 40}.${third % 20}-${(release % 9) + 1}${ending}`;
}

/** Commands that install system packages; what pip or conda install is not in the instance's inventory. */
const INSTALL = /\b(?:dnf|yum|apt-get|apt)\b(?:\s+(?:-o\s+\S+|-\S+))*\s+install\b([^\n;&|]*)/g;
const PACKAGE = /^[A-Za-z0-9][A-Za-z0-9+._:-]*(?:=[A-Za-z0-9+.~:-]+)?$/;

const ARRAY = /^(\w+)=\(([^)]*)\)/gm;

/** A script with its arrays of words put where they are used, as bash does. */
function withArrays(script: string): string {
  return [...script.matchAll(ARRAY)].reduce(
    (text, [, name = '', words = '']) =>
      text.replaceAll(`"\${${name}[@]}"`, words.trim().replaceAll(/\s+/g, ' ')),
    script,
  );
}

/** The packages that the build phases of these documents install. */
export function installedBy(documents: readonly ComponentDocument[]): PackagedImage['installed'] {
  const commands = documents.flatMap(({ steps }) =>
    steps.filter(({ phase }) => phase === 'build').flatMap((step) => step.commands),
  );
  const words = commands.flatMap((command) =>
    [...withArrays(command).replaceAll(/\\\n/g, ' ').matchAll(INSTALL)].flatMap(([, rest = '']) =>
      rest.trim().split(/\s+/),
    ),
  );
  const names = words.map((word) => word.replaceAll(/["']/g, '')).filter((word) => PACKAGE.test(word));
  return [...new Set(names)].map((word) => {
    const [name = word, version] = word.split('=');
    return version === undefined ? { name } : { name, version };
  });
}

/** Packages made up from the parent's name, the same for the same parent, and those the components install. */
export const derivedPackages: PackagesOf = ({ parent, installed }) =>
  [
    ...new Map([
      ...COMMON.map((name) => [name, versionFor(name, parent.name)] as const),
      ...installed.map(({ name, version }) => [name, version ?? versionFor(name, parent.name)] as const),
    ]),
  ]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([packageName, packageVersion]) => ({ packageName, packageVersion }));
