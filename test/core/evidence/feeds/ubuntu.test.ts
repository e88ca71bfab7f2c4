import { describe, expect, test } from 'vitest';
import { findUbuntuImages } from '../../../../src/core/evidence/feeds/simplestreams.ts';
import { parseUbuntuManifest } from '../../../../src/core/evidence/feeds/ubuntuManifest.ts';

describe('a manifest', () => {
  test('has packages with and without architecture, and snaps in three columns', () => {
    const text = 'adduser\t3.137ubuntu1\nlibc6:amd64\t2.39-0ubuntu8.3\nsnap:core22\tlatest/stable\t1621\n\n';
    expect(parseUbuntuManifest(text)).toEqual([
      { name: 'adduser', version: '3.137ubuntu1' },
      { name: 'libc6', version: '2.39-0ubuntu8.3' },
      { name: 'snap:core22', version: '1621' },
    ]);
  });

  test.each([
    ['', 'The manifest is empty.'],
    ['<!DOCTYPE html>\n<html>', 'Line 1 of the manifest is no package: "<!DOCTYPE html>".'],
    ['adduser\t3.137ubuntu1\nlibc6', 'Line 2 of the manifest is no package: "libc6".'],
    ['x'.repeat(4_000_001), 'The manifest is longer than a manifest can be.'],
  ])('%.20j is refused', (text, message) => {
    expect(() => parseUbuntuManifest(text)).toThrow(message);
  });
});

describe("Canonical's image catalogue", () => {
  const item = (id: string, crsn: string) => ({ id, crsn, root_store: 'ssd-gp3', virt: 'hvm' });
  const catalogue = JSON.stringify({
    format: 'products:1.0',
    products: {
      'com.ubuntu.cloud:server:24.04:amd64': {
        arch: 'amd64',
        os: 'ubuntu',
        release: 'noble',
        version: '24.04',
        versions: {
          '20240910': { items: { a: item('ami-1', 'us-east-1'), b: item('ami-2', 'eu-west-1') } },
          '20240927': { items: { a: item('ami-3', 'us-east-1'), manifest: { path: 'x.manifest' } } },
        },
      },
      'com.ubuntu.cloud:server:24.04:riscv64': { arch: 'riscv64', version: '24.04', versions: {} },
    },
  });

  test('tells which serial an image is', () => {
    expect(findUbuntuImages(catalogue, new Set(['ami-1', 'ami-3', 'ami-9']))).toEqual([
      { imageId: 'ami-1', serial: '20240910', version: '24.04', architecture: 'x86_64', region: 'us-east-1' },
      { imageId: 'ami-3', serial: '20240927', version: '24.04', architecture: 'x86_64', region: 'us-east-1' },
    ]);
  });

  test('another shape is refused', () => {
    expect(() => findUbuntuImages('{"products":[]}', new Set())).toThrow(
      "Canonical's image catalogue has another shape than expected at products",
    );
    expect(() => findUbuntuImages('<html>', new Set())).toThrow("Canonical's image catalogue is no JSON");
  });
});
