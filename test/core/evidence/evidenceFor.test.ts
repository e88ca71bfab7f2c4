import { expect, test } from 'vitest';
import { BASE_IMAGES } from '../../../src/core/base-images/catalogue.ts';
import { releaseIn } from '../../../src/core/base-images/releaseOf.ts';
import type { TrackedBaseImage } from '../../../src/core/base-images/trackedBaseImage.ts';
import { evidenceFor } from '../../../src/core/evidence/evidenceFor.ts';

const base = (name: string): TrackedBaseImage => BASE_IMAGES.find((one) => one.name === name)!;

function evidenceOf(tracked: TrackedBaseImage, name: (serial: string) => string) {
  const release = (serial: string) => releaseIn(tracked, { imageId: 'ami-1', name: name(serial) });
  return evidenceFor({
    base: tracked,
    architecture: 'x86_64',
    from: release('20240821'),
    to: release('20240927'),
  });
}

const own: TrackedBaseImage = { ...base('ubuntu-24.04'), name: 'ours', own: true };
const NOBLE = 'ubuntu-noble-24.04-amd64';

test.each([
  ['server', (serial: string) => `ubuntu/images/hvm-ssd-gp3/${NOBLE}-server-${serial}`, ['ubuntu', 'osv']],
  ['minimal', (serial: string) => `ubuntu-minimal/images/hvm-ssd-gp3/${NOBLE}-minimal-${serial}`, ['osv']],
  ['Pro', (serial: string) => `ubuntu-pro-server/images/hvm-ssd-gp3/${NOBLE}-pro-server-${serial}`, ['osv']],
  ['EKS', (serial: string) => `ubuntu-eks/k8s_1.34/images/hvm-ssd-gp3/${NOBLE}-server-${serial}`, ['osv']],
  ['golden', (serial: string) => `golden-${serial}`, ['osv']],
])("manifests list Ubuntu's server images and no others: %s", (_, name, kinds) => {
  expect(evidenceOf(own, name)).toEqual(kinds);
});

test('an image whose name is gone may still be a server image', () => {
  const tracked = base('ubuntu-24.04');
  const release = releaseIn(tracked, { imageId: 'ami-1' });
  expect(evidenceFor({ base: tracked, architecture: 'arm64', from: release, to: release })).toEqual([
    'ubuntu',
    'osv',
  ]);
});

test('other bases have the evidence of their row', () => {
  expect(evidenceOf({ ...base('rocky-9'), own: true }, (serial) => `golden-${serial}`)).toEqual(['osv']);
  expect(evidenceOf(base('amazon-linux-2023'), (serial) => serial)).toEqual(['amazon-linux-2023']);
});
