import { describe, expect, test } from 'vitest';
import { FeedError } from '../../../../src/core/evidence/feeds/feedError.ts';
import { parseReleaseNotes } from '../../../../src/core/evidence/feeds/releaseNotes.ts';
import {
  al2023Releases,
  al2Releases,
  quarterPage,
  releaseNotesHtml,
  releaseNotesMarkdown,
} from '../amazonFeeds.ts';

const printed = (page: string, release: string) =>
  Object.fromEntries(
    [...parseReleaseNotes(page, release).images].map(([title, { packages }]) => [
      title,
      packages.map(({ name, version }) => `${name}-${version}`),
    ]),
  );

const facts = {
  release: '2023.10.20260120',
  imageUpdates: { 'Default Kernel 6.1 AMI': ['kernel-1:6.1.159-182.297.amzn2023'] },
};

describe('every real release reads back as it was printed', () => {
  test.each(al2023Releases().map((release) => [release.release, release] as const))('%s', (name, release) => {
    expect(printed(releaseNotesMarkdown(release), name)).toEqual(release.imageUpdates);
    expect(printed(releaseNotesHtml(release), name)).toEqual(release.imageUpdates);
    expect(parseReleaseNotes(releaseNotesMarkdown(release), name).recalled).toBe(release.recalled ?? false);
    expect(parseReleaseNotes(releaseNotesHtml(release), name).recalled).toBe(release.recalled ?? false);
  });

  test.each(al2Releases().map((release) => [release.release, release] as const))('%s', (name, release) => {
    const page = releaseNotesMarkdown({ ...release, release: `${name}.1` }, 'Amazon Linux 2');
    expect(printed(page, name)).toEqual(release.imageUpdates);
  });
});

describe('release notes', () => {
  test('names with escapes', () => {
    const names = [
      'mod_security_crs-4.2.0-1.amzn2023.0.2',
      'egl-wayland2-1.0.1~20251112git0c15809-6.amzn2023',
      'libstdc++-11.5.0-5.amzn2023',
    ];
    const release = { ...facts, imageUpdates: { 'Default Kernel 6.1 AMI': names } };
    expect(releaseNotesMarkdown(release)).toContain('mod\\_security');
    expect(printed(releaseNotesMarkdown(release), facts.release)).toEqual(release.imageUpdates);
  });

  test('a row that is no package makes its section not wholly understood', () => {
    const page = releaseNotesMarkdown({
      ...facts,
      imageUpdates: { 'Default Kernel 6.1 AMI': ['see below', 'tzdata-2025c-1'] },
    });
    expect(parseReleaseNotes(page, facts.release).images.get('Default Kernel 6.1 AMI')).toEqual({
      packages: [{ name: 'tzdata', version: '2025c-1' }],
      unread: 1,
    });
  });

  const fault = (page: string) => {
    try {
      parseReleaseNotes(page, facts.release);
    } catch (error) {
      return error instanceof FeedError ? [error.fault, error.message] : error;
    }
    return 'none';
  };

  test("a page that is the quarter's, though the answer is 200, means not yet", () => {
    expect(fault(quarterPage('2023.10'))).toEqual([
      'not-yet',
      'The release notes of 2023.10.20260120 are not published yet: its address gives "Amazon Linux 2023 2023.10 release notes".',
    ]);
  });

  test('a page of another release means not yet, even one whose name begins alike', () => {
    expect(fault(releaseNotesHtml({ ...facts, release: '2023.10.202601201' }))).toContain('not-yet');
  });

  test.each([
    '',
    'Not found',
    '<html><h1>503 Service Unavailable</h1></html>',
    '# Nothing\n',
    '<script>'.repeat(1_000),
  ])('%.20j is no page', (page) => {
    expect(fault(page)).toContain('malformed');
  });

  test('a page that is too long is not read', () => {
    expect(fault(' '.repeat(8_000_001))).toContain('too-large');
  });
});
