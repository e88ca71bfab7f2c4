/** OSV records in the shapes of the databases they come from, with their real ids, versions and severities. */

/** Canonical's: two releases, binaries, priorities in `cves_map`, empty `aliases`. */
export const USN_6986_1 = {
  schema_version: '1.7.0',
  id: 'USN-6986-1',
  summary: 'openssl vulnerability',
  aliases: [],
  upstream: ['UBUNTU-CVE-2024-6119'],
  related: [],
  published: '2024-09-03T14:33:38Z',
  modified: '2026-04-27T14:11:36Z',
  affected: [
    ['Ubuntu:22.04:LTS', '3.0.2-0ubuntu1.18', 'libssl3'] as const,
    ['Ubuntu:24.04:LTS', '3.0.13-0ubuntu3.4', 'libssl3t64'] as const,
  ].map(([ecosystem, fixed, library]) => ({
    package: { ecosystem, name: 'openssl', purl: `pkg:deb/ubuntu/openssl@${fixed}?arch=source` },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
    versions: ['3.0.0-1ubuntu1'],
    ecosystem_specific: {
      binaries: [library, 'openssl'].map((binary_name) => ({ binary_name, binary_version: fixed })),
      availability: 'No subscription required',
    },
    database_specific: {
      cves_map: {
        ecosystem,
        cves: [
          {
            id: 'CVE-2024-6119',
            severity: [
              { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N' },
              { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
              { type: 'Ubuntu', score: 'medium' },
            ],
          },
        ],
      },
    },
  })),
  references: [
    { type: 'ADVISORY', url: 'https://ubuntu.com/security/notices/USN-6986-1' },
    { type: 'REPORT', url: 'https://ubuntu.com/security/CVE-2024-6119' },
  ],
};

/** The same of OpenSSH ("regreSSHion"), with binaries that no image has. */
export const USN_6859_1 = {
  id: 'USN-6859-1',
  summary: 'openssh vulnerability',
  upstream: ['UBUNTU-CVE-2024-6387'],
  published: '2024-07-01T09:06:31.434165Z',
  affected: [
    ['Ubuntu:22.04:LTS', '1:8.9p1-3ubuntu0.10'] as const,
    ['Ubuntu:24.04:LTS', '1:9.6p1-3ubuntu13.3'] as const,
  ].map(([ecosystem, fixed]) => ({
    package: { ecosystem, name: 'openssh' },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
    ecosystem_specific: {
      binaries: ['client', 'server', 'sftp-server', 'tests', 'server-dbgsym'].map((binary) => ({
        binary_name: `openssh-${binary}`,
        binary_version: fixed,
      })),
    },
    database_specific: {
      cves_map: { ecosystem, cves: [{ id: 'CVE-2024-6387', severity: [{ type: 'Ubuntu', score: 'high' }] }] },
    },
  })),
  references: [{ type: 'ADVISORY', url: 'https://ubuntu.com/security/notices/USN-6859-1' }],
};

/** A notice about kernels; the ABI number is in the names of the packages. */
export const aKernelNotice = (id: string, published: string, priority: string) => ({
  id,
  summary: 'linux, linux-aws vulnerabilities',
  published,
  affected: ['linux', 'linux-aws'].map((name) => ({
    package: { ecosystem: 'Ubuntu:24.04:LTS', name },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '6.8.0-1016.17' }] }],
    ecosystem_specific: {
      binaries: [
        {
          binary_name: `linux-image-6.8.0-1016-${name === 'linux' ? 'generic' : 'aws'}`,
          binary_version: '6.8.0-1016.17',
        },
        { binary_name: 'linux-tools-common', binary_version: '6.8.0-1016.17' },
      ],
    },
    database_specific: {
      cves_map: { cves: [{ id: 'CVE-2024-41009', severity: [{ type: 'Ubuntu', score: priority }] }] },
    },
  })),
});

/** Rocky's: graded in the summary, CVEs in `related`, epochs always given. */
export const RLSA_2024_3671 = {
  schema_version: '1.3.1',
  id: 'RLSA-2024:3671',
  modified: '2024-06-14T14:02:44.124064Z',
  published: '2024-06-14T14:00:40.182624Z',
  related: ['CVE-2024-27280', 'CVE-2024-27281', 'CVE-2024-27282'],
  summary: 'Moderate: ruby:3.3 security, bug fix, and enhancement update',
  affected: [
    {
      package: {
        ecosystem: 'Rocky Linux:9',
        name: 'ruby',
        purl: 'pkg:rpm/rocky-linux/ruby?distro=rocky-linux-9&epoch=0',
      },
      ranges: [
        {
          type: 'ECOSYSTEM',
          events: [{ introduced: '0' }, { fixed: '0:3.3.1-2.module+el9.4.0+20787+4c237fd3' }],
          database_specific: { yum_repository: 'AppStream' },
        },
      ],
    },
  ],
  references: [{ type: 'ADVISORY', url: 'https://errata.rockylinux.org/RLSA-2024:3671' }],
};

/** Alma's: by binary packages. */
export const ALSA_2024_2433 = {
  id: 'ALSA-2024:2433',
  summary: 'Moderate: avahi security update',
  affected: ['avahi', 'avahi-libs'].map((name) => ({
    package: { ecosystem: 'AlmaLinux:9', name },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '0.8-20.el9' }] }],
  })),
  related: ['CVE-2023-38469'],
  published: '2024-04-30T00:00:00Z',
  references: [{ type: 'ADVISORY', url: 'https://access.redhat.com/errata/RHSA-2024:2433' }],
};

/** Red Hat's: several repositories and other products in one record, CVEs in `upstream`. */
export const RHSA_2026_76750 = {
  id: 'RHSA-2026:76750',
  published: '2026-10-07T00:00:00Z',
  upstream: ['CVE-2026-19534', 'CVE-2026-9496'],
  summary: 'Important: nodejs:22 security update',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' }],
  affected: [
    ['Red Hat:enterprise_linux:9::appstream', '1:22.23.2-2.module+el9.8.0+24958+80b2ac6e'] as const,
    ['Red Hat:rhel_eus:9.2::appstream', '1:22.0.0-1'] as const,
  ].map(([ecosystem, fixed]) => ({
    package: { ecosystem, name: 'nodejs' },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
  })),
};

/** Red Hat's of release 10: the ecosystem is a point release, without a repository. */
export const RHSA_2026_80001 = {
  id: 'RHSA-2026:80001',
  published: '2026-10-07T00:00:00Z',
  upstream: ['CVE-2026-19001'],
  summary: 'Important: kernel security update',
  affected: [
    {
      package: { ecosystem: 'Red Hat:enterprise_linux:10.1', name: 'kernel' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '0:6.12.0-124.13.1.el10_1' }] }],
    },
  ],
};

/** Debian's: a source package, a range that begins later, a score and no word. */
export const DSA_5532_1 = {
  id: 'DSA-5532-1',
  published: '2023-10-24T00:00:00Z',
  upstream: ['CVE-2023-5363'],
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N' }],
  affected: [
    {
      package: { ecosystem: 'Debian:12', name: 'openssl', purl: 'pkg:deb/debian/openssl?arch=source' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '3.0.0-1' }, { fixed: '3.0.11-1~deb12u2' }] }],
      ecosystem_specific: { urgency: 'not yet assigned' },
    },
  ],
};

/** SUSE's: binaries by name. */
export const SUSE_SU = {
  id: 'SUSE-SU-2024:3106-1',
  published: '2024-09-03T12:00:00Z',
  upstream: ['CVE-2024-6119'],
  summary: 'Security update for openssl-3',
  affected: [
    {
      package: { ecosystem: 'SUSE:Linux Enterprise Module for Basesystem 15 SP6', name: 'openssl-3' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '3.1.4-150600.5.15.1' }] }],
      ecosystem_specific: {
        binaries: [{ libopenssl3: '3.1.4-150600.5.15.1', 'openssl-3': '3.1.4-150600.5.15.1' }],
      },
    },
  ],
};
