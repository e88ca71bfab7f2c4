import { aKernelNotice, USN_6986_1 } from '../core/evidence/feeds/osvRecords.ts';
import { tarOf } from '../core/evidence/feeds/tarOf.ts';
import { storedXz } from '../core/evidence/feeds/xz/storedXz.ts';
import { KEV, kevJson } from './amazonServer.ts';
import type { FeedServer } from './feedServer.ts';

export const UBUNTU = {
  archive: '/osv/osv-all.tar.xz',
  catalogue: '/releases/streams/v1/com.ubuntu.cloud:released:aws.json',
  manifest: (serial: string, architecture = 'amd64') =>
    `/releases/noble/release-${serial}/ubuntu-24.04-server-cloudimg-${architecture}.manifest`,
} as const;

/** What `noble` images of August and September 2024 hold, as far as it matters: openssl before and after USN-6986-1. */
export const manifest = (openssl: string, kernel: string, extra = ''): string =>
  [
    'adduser\t3.137ubuntu1',
    'libc6:amd64\t2.39-0ubuntu8.3',
    `libssl3t64:amd64\t${openssl}`,
    `linux-image-${kernel}-generic\t6.8.0-${kernel.split('-').at(-1) ?? ''}.${kernel.split('-').at(-1) ?? ''}`,
    'linux-virtual\t6.8.0-44.44',
    `openssl\t${openssl}`,
    `tzdata\t2024a-3ubuntu1${extra}`,
    'snap:core22\tlatest/stable\t1586',
    '',
  ].join('\n');

export const notice = (record: { readonly id: string; readonly published?: string }) =>
  [`osv/usn/${record.id}.json`, JSON.stringify(record)] as const;

/** The notices of 2024, and one that is older than all images. */
export const NOTICES = [
  notice({ ...USN_6986_1, id: 'USN-6663-1', published: '2024-02-27T12:00:00Z' }),
  notice(USN_6986_1),
  // In time between the two images; about their kernel, which the manifests do not have.
  notice(aKernelNotice('USN-6999-1', '2024-09-11T10:00:00Z', 'high')),
  notice(aKernelNotice('USN-7020-1', '2024-10-02T10:00:00Z', 'high')),
];

export const archiveOf = (notices: readonly (readonly [string, string])[]): Buffer =>
  storedXz(tarOf([['osv/cve/2024/UBUNTU-CVE-2024-6119.json', '{"not": "read"}'], ...notices]));

/** Two serials of Ubuntu 24.04 with USN-6986-1 between them. */
export function serveUbuntu({ routes }: FeedServer): void {
  for (const architecture of ['amd64', 'arm64']) {
    routes.set(UBUNTU.manifest('20240821', architecture), manifest('3.0.13-0ubuntu3.3', '6.8.0-41'));
    routes.set(UBUNTU.manifest('20240927', architecture), manifest('3.0.13-0ubuntu3.4', '6.8.0-45', '.1'));
  }
  routes.set(UBUNTU.archive, archiveOf(NOTICES));
  routes.set(KEV, kevJson(['CVE-2021-44228']));
}
