import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readFeedFacts } from '../../../local/feeds/localFeeds.ts';
import { publishRelease, readUpstream } from '../../../local/demo/upstream.ts';
import { BASE_IMAGES } from '../../../src/core/base-images/catalogue.ts';
import { releaseOf } from '../../../src/core/base-images/releaseOf.ts';

const FIXTURES = 'test/fixtures/amazon-linux';
const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

describe.each(['amazon-linux-2023', 'ubuntu-22.04'])('what is published of %s', (name) => {
  const upstream = readUpstream(name);
  const base = BASE_IMAGES.find((candidate) => candidate.name === name)!;

  test('is what the catalogue looks for: parameters and releases', () => {
    for (const { release, images } of upstream.releases)
      for (const { architecture, parameter, imageId, name: imageName } of images) {
        expect(base.source).toMatchObject({ kind: 'parameter', names: { [architecture]: parameter } });
        expect(releaseOf(base.family, { imageId, name: imageName }).name).toBe(release);
      }
  });

  test('is one image for each region and architecture', () => {
    for (const { images } of upstream.releases) {
      expect(images.map(({ region, architecture }) => `${region} ${architecture}`)).toEqual([
        'us-east-1 x86_64',
        'us-east-1 arm64',
        'us-west-2 x86_64',
        'us-west-2 arm64',
      ]);
      expect(new Set(images.map(({ imageId }) => imageId)).size).toBe(4);
    }
  });
});

test('the feeds of the local run know every release of Amazon Linux from the first to the last', () => {
  const all = (json(`${FIXTURES}/al2023-releases.json`) as { release: string }[]).map(
    ({ release }) => release,
  );
  const { releases } = readUpstream('amazon-linux-2023');
  const [first = 0, last = 0] = [0, -1].map((end) => all.indexOf(releases.at(end)?.release ?? ''));
  expect(readFeedFacts().releases.map(({ release }) => release)).toEqual(all.slice(first, last + 1));
});

test('images and times of Amazon Linux are those of the recorded history', () => {
  const history = json(`${FIXTURES}/us-east-1-parameters.json`) as [string, number, string, string, string][];
  for (const { images } of readUpstream('amazon-linux-2023').releases)
    for (const { region, parameter, published, imageId, name } of images)
      if (region === 'us-east-1')
        expect(history).toContainEqual([
          parameter.slice(parameter.lastIndexOf('/') + 1),
          expect.any(Number),
          published,
          imageId,
          name,
        ]);
});

test('a release nobody knows is not published', async () => {
  const never = (): never => {
    throw new Error('nothing is to be asked');
  };
  await expect(
    publishRelease(readUpstream('ubuntu-22.04'), '20990101', { endpoint: 'http://127.0.0.1:9', ssm: never }),
  ).rejects.toThrow('No release 20990101 of Ubuntu Server 22.04 LTS is known.');
});
