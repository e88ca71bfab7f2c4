import type { Inventory } from './inventory.ts';

/** Source packages with the binary packages whose names differ from theirs; `*` stands for anything. */
type Sources = Readonly<Record<string, readonly string[]>>;

/**
 * Advisories of these distributions are about source packages, while Image Builder lists binary ones and says nothing
 * of where they come from. These are the sources that matter most for the security of a server and whose binaries have
 * other names; they share their version.
 */
const DEBIAN: Sources = {
  linux: ['linux-image-*', 'linux-headers-*', 'linux-libc-dev'],
  glibc: ['libc6', 'libc6-*', 'libc-bin', 'libc-dev-bin', 'libc-l10n', 'locales'],
  openssl: ['libssl1.1', 'libssl3', 'libssl3t64', 'libssl-dev'],
  curl: ['libcurl4', 'libcurl4t64', 'libcurl3-gnutls', 'libcurl3t64-gnutls'],
  gnutls28: ['libgnutls30', 'libgnutls30t64'],
  openssh: ['openssh-client', 'openssh-server', 'openssh-sftp-server'],
  systemd: ['libsystemd0', 'libsystemd-shared', 'libudev1', 'udev', 'libpam-systemd', 'systemd-*'],
  pam: ['libpam0g', 'libpam-modules', 'libpam-modules-bin', 'libpam-runtime'],
  krb5: ['libkrb5-3', 'libk5crypto3', 'libgssapi-krb5-2', 'libkrb5support0'],
  expat: ['libexpat1'],
  zlib: ['zlib1g'],
  'xz-utils': ['liblzma5'],
  bzip2: ['libbz2-1.0'],
  sqlite3: ['libsqlite3-0'],
  perl: ['perl-base', 'perl-modules-*', 'libperl5.*'],
  'python3.9': ['libpython3.9*', 'python3.9-*'],
  'python3.11': ['libpython3.11*', 'python3.11-*'],
  'python3.12': ['libpython3.12*', 'python3.12-*'],
  'python3.13': ['libpython3.13*', 'python3.13-*'],
  vim: ['vim-*', 'xxd'],
  bind9: ['bind9-*'],
  gnupg2: ['gnupg', 'gpg', 'gpg-agent', 'gpgv', 'gpgconf', 'dirmngr'],
  'util-linux': ['mount', 'fdisk', 'bsdutils', 'libmount1', 'libblkid1', 'libuuid1', 'libsmartcols1'],
  shadow: ['login', 'passwd'],
  ncurses: ['libncurses6', 'libncursesw6', 'libtinfo6', 'ncurses-base', 'ncurses-bin'],
  openldap: ['libldap-2.4-2', 'libldap-2.5-0', 'libldap2', 'libldap-common'],
  dbus: ['libdbus-1-3', 'dbus-*'],
  'glib2.0': ['libglib2.0-0', 'libglib2.0-0t64'],
  nghttp2: ['libnghttp2-14'],
  grub2: ['grub-*'],
  git: ['git-man'],
};

/** The images of AWS have a kernel of their own. */
const UBUNTU: Sources = {
  ...DEBIAN,
  linux: ['linux-libc-dev'],
  'linux-aws': ['linux-image-*', 'linux-modules-*', 'linux-headers-*', 'linux-aws-*'],
};

const SUSE: Sources = {
  'openssl-3': ['libopenssl3', 'libopenssl-3-devel'],
  'openssl-1_1': ['libopenssl1_1'],
  glibc: ['glibc-*'],
  curl: ['libcurl4'],
  expat: ['libexpat1'],
  gnutls: ['libgnutls30'],
  openssh: ['openssh-*'],
  systemd: ['libsystemd0', 'libudev1', 'udev', 'systemd-*'],
  krb5: ['krb5-*'],
  zlib: ['libz1'],
  xz: ['liblzma5'],
  libxml2: ['libxml2-2', 'libxml2-tools'],
  sqlite3: ['libsqlite3-0'],
  python3: ['python3-base', 'libpython3_6m1_0'],
  perl: ['perl-base'],
  vim: ['vim-*'],
  bind: ['bind-utils'],
  ncurses: ['libncurses6', 'ncurses-utils', 'terminfo-base'],
  openldap2: ['libldap-2_4-2'],
  'dbus-1': ['libdbus-1-3'],
  glib2: ['libglib-2_0-0', 'libgmodule-2_0-0'],
  nghttp2: ['libnghttp2-14'],
};

const ROCKY: Sources = {
  kernel: ['kernel-core', 'kernel-modules', 'kernel-modules-core', 'kernel-tools', 'kernel-tools-libs'],
  glibc: ['glibc-*'],
  openssl: ['openssl-libs'],
  curl: ['libcurl', 'libcurl-minimal', 'curl-minimal'],
  openssh: ['openssh-clients', 'openssh-server'],
  systemd: ['systemd-*'],
  krb5: ['krb5-libs'],
  sqlite: ['sqlite-libs'],
  'python3.9': ['python3', 'python3-libs'],
  perl: ['perl-interpreter', 'perl-libs'],
  vim: ['vim-*'],
  bind: ['bind-libs', 'bind-utils', 'bind-license'],
  ncurses: ['ncurses-libs', 'ncurses-base'],
  dbus: ['dbus-libs', 'dbus-tools', 'dbus-common'],
  shadow: ['shadow-utils'],
  grub2: ['grub2-*'],
};

/** By the beginning of OSV.dev's name of a distribution. Red Hat's and AlmaLinux's advisories are about binaries. */
const BY_ECOSYSTEM: readonly (readonly [string, Sources])[] = [
  ['Debian:', DEBIAN],
  ['Ubuntu:', UBUNTU],
  ['SUSE:', SUSE],
  ['Rocky Linux:', ROCKY],
];

function tableOf(ecosystems: readonly string[]): Sources | undefined {
  return BY_ECOSYSTEM.find(([start]) => ecosystems.some((name) => name.startsWith(start)))?.[1];
}

/** Whether the advisories of a distribution are about source packages. */
export function goesBySource(ecosystems: readonly string[]): boolean {
  return tableOf(ecosystems) !== undefined;
}

/** A package list with the source packages that are known; what has its source already keeps it. */
export function withSources(inventory: Inventory, ecosystems: readonly string[]): Inventory {
  const table = tableOf(ecosystems);
  if (table === undefined) return inventory;
  const sourceOf = matcherOf(table);
  return inventory.map((installed) => {
    const source = installed.source ?? sourceOf(installed.name);
    return source === undefined ? installed : { ...installed, source };
  });
}

function matcherOf(table: Sources): (name: string) => string | undefined {
  const exact = new Map<string, string>();
  const stems: (readonly [string, string])[] = [];
  for (const [source, binaries] of Object.entries(table))
    for (const binary of binaries)
      if (binary.endsWith('*')) stems.push([binary.slice(0, -1), source]);
      else exact.set(binary, source);
  return (name) => exact.get(name) ?? stems.find(([stem]) => name.startsWith(stem))?.[1];
}
