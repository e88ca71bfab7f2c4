import { expect, test } from 'vitest';
import { BASE_IMAGES } from '../../../src/core/base-images/catalogue.ts';
import { goesBySource, withSources } from '../../../src/core/evidence/sourcePackages.ts';

const ecosystemsOf = (base: string) => BASE_IMAGES.find(({ name }) => name === base)?.ecosystems ?? [];

test.each([
  ['debian-12', 'libssl3', 'openssl'],
  ['debian-12', 'libc6', 'glibc'],
  ['debian-12', 'linux-image-6.1.0-25-cloud-amd64', 'linux'],
  ['debian-12', 'libpython3.11-stdlib', 'python3.11'],
  ['debian-12', 'curl', undefined],
  ['ubuntu-24.04', 'linux-image-6.8.0-1012-aws', 'linux-aws'],
  ['ubuntu-24.04', 'libssl3t64', 'openssl'],
  ['sles-15-sp6', 'libopenssl3', 'openssl-3'],
  ['rocky-9', 'openssl-libs', 'openssl'],
  ['rocky-9', 'kernel-core', 'kernel'],
  ['alma-9', 'openssl-libs', undefined],
  ['rhel-9', 'openssl-libs', undefined],
])('in %s the source of %s is %s', (base, name, source) => {
  const [found] = withSources([{ name, version: '1' }], ecosystemsOf(base));
  expect(found).toEqual({ name, version: '1', ...(source === undefined ? {} : { source }) });
});

test.each([
  ['debian-12', 'openjdk-17-jre-headless', 'openjdk-17'],
  ['debian-12', 'apache2-bin', 'apache2'],
  ['debian-12', 'php8.2-fpm', 'php8.2'],
  ['debian-12', 'mariadb-server', 'mariadb'],
  ['debian-12', 'redis-server', 'redis'],
  ['debian-12', 'libarchive13', 'libarchive'],
  ['debian-12', 'libxslt1.1', 'libxslt'],
  ['debian-12', 'libtiff6', 'tiff'],
  ['debian-12', 'imagemagick-6.q16', 'imagemagick'],
  ['debian-12', 'postgresql-15', 'postgresql-15'],
  ['debian-12', 'postgresql-client-15', 'postgresql-15'],
  ['debian-12', 'libpq5', 'postgresql-15'],
  ['rocky-9', 'java-17-openjdk-headless', 'java-17-openjdk'],
  ['rocky-9', 'mod_ssl', 'httpd'],
  ['rocky-9', 'postgresql-server', 'postgresql'],
  ['rocky-9', 'php-fpm', 'php'],
  ['sles-15-sp6', 'java-17-openjdk-headless', 'java-17-openjdk'],
  ['sles-15-sp6', 'postgresql15-server', 'postgresql15'],
  ['debian-12', 'python3-requests', undefined],
])('in %s what a template adds, %s, is of the source %s', (base, name, source) => {
  const [found] = withSources([{ name, version: '15.8-1' }], ecosystemsOf(base));
  expect(found?.source).toBe(source);
});

test('a source that the list tells stays', () => {
  const told = [{ name: 'libssl3', version: '1+b1', source: 'openssl-mine', sourceVersion: '1' }];
  expect(withSources(told, ['Debian:12'])).toEqual(told);
});

test.each([
  ['debian-12', true],
  ['rocky-9', true],
  ['sles-15-sp6', true],
  ['alma-9', false],
  ['rhel-9', false],
  ['amazon-linux-2023', false],
])('advisories of %s are about source packages: %s', (base, bySource) => {
  expect(goesBySource(ecosystemsOf(base))).toBe(bySource);
});
