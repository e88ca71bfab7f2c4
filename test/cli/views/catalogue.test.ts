import { describe, expect, test } from 'vitest';
import { baseImagesView, baseImageView } from '../../../cli/views/baseImages.ts';
import { comparisonView } from '../../../cli/views/comparison.ts';
import { imagesView } from '../../../cli/views/images.ts';
import { staleInstancesView } from '../../../cli/views/staleInstances.ts';
import { appliedView, templatesView } from '../../../cli/views/templates.ts';
import { MOMENT, NOW, SAMPLES } from '../../api/sampleAnswers.ts';

const shown = (lines: readonly string[]): string => lines.join('\n');

describe('templates, images, base images', () => {
  test('templates', () =>
    expect(shown(templatesView(SAMPLES.templates, 80))).toMatchInlineSnapshot(`
    "TEMPLATES

    TEMPLATE    NAME        BASE               ARCH           STATE       CHANGED
    python-ml   Python Ma…  amazon-linux-2023  x86_64, arm64  kept: ask…  5 days ago
    r-research  R for Res…  from r-base        x86_64         not kept    1 hour ago"
  `));
  test('no templates', () =>
    expect(templatesView({ ...MOMENT, templates: [] }, 80).at(-1)).toContain('cws templates apply'));
  test('long names are cut, verdicts are shown', () => {
    const [first] = SAMPLES.templates.templates;
    const templates = [
      {
        ...first!,
        name: 'Python with everything that anybody has ever asked for',
        paused: { at: NOW, by: 'auto-ami', reason: '3 failures in a row' },
      },
      { ...first!, slug: 'r', kept: null, disabled: { at: NOW, by: 'ada', reason: 'prefer-fresh-builds' } },
    ];
    expect(shown(templatesView({ ...MOMENT, templates }, 100))).toMatchInlineSnapshot(`
      "TEMPLATES

      TEMPLATE   NAME                  BASE               ARCH           STATE                  CHANGED
      python-ml  Python with everyth…  amazon-linux-2023  x86_64, arm64  paused: 3 failures i…  5 days ago
      r          Python Machine Lear…  amazon-linux-2023  x86_64, arm64  disabled: prefer-fre…  5 days ago"
    `);
  });
  test('applied', () =>
    expect(shown(appliedView(SAMPLES.applyTemplates))).toMatchInlineSnapshot(`
    "Applied 2 templates
    ✓ python-ml: changed (revision 4, templates/python-ml.yaml)
    ✓ r-research: created (revision 1, templates/r-research.yaml)
      ⚠️ templates/r-research.yaml:4:1 idle: ignored here"
  `));
  test('images', () =>
    expect(shown(imagesView(SAMPLES.images, 80))).toMatchInlineSnapshot(`
    "IMAGES

    └── python-ml
        └── ✓ us-east-1 x86_64: ami-0abc123def0000001, active, on
            │   2023.12.20260727, 94 minutes ago
            └── published as /auto-ami/templates/python-ml/x86_64/ami-id"
  `));
  test('images that are not published, superseded, failed', () => {
    const [first] = SAMPLES.images.images;
    const images = [
      { ...first!, publishedAt: null },
      { ...first!, amiId: 'ami-2', state: 'superseded' as const },
      {
        ...first!,
        amiId: 'ami-4',
        state: 'superseded' as const,
        next: { step: 'deprecate' as const, at: '2026-11-24T22:00:00.000Z', because: 'it gave way' },
      },
      {
        ...first!,
        amiId: 'ami-5',
        state: 'deprecated' as const,
        next: { step: 'disable' as const, at: '2026-12-08T22:00:00.000Z', because: 'it gave way' },
      },
      {
        ...first!,
        amiId: 'ami-6',
        state: 'deprecated' as const,
        next: { step: 'disable' as const, at: null, because: 'it is the one that rollback returns to' },
      },
      { ...first!, template: 'r', amiId: 'ami-3', state: 'failed' as const },
    ];
    expect(shown(imagesView({ ...MOMENT, images }, 80))).toMatchInlineSnapshot(`
      "IMAGES

      ├── python-ml
      │   ├── ✓ us-east-1 x86_64: ami-0abc123def0000001, active, on
      │   │   │   2023.12.20260727, 94 minutes ago
      │   │   └── ⏳ not published yet
      │   ├── – us-east-1 x86_64: ami-2, superseded, on 2023.12.20260727, 94 minutes
      │   │   ago
      │   ├── – us-east-1 x86_64: ami-4, superseded, on 2023.12.20260727, 94
      │   │   │   minutes ago
      │   │   └── deprecate: at the next daily look (it gave way)
      │   ├── – us-east-1 x86_64: ami-5, deprecated, on 2023.12.20260727, 94
      │   │   │   minutes ago
      │   │   └── disable: Tue 8 Dec 22:00 UTC (it gave way)
      │   └── – us-east-1 x86_64: ami-6, deprecated, on 2023.12.20260727, 94
      │       │   minutes ago
      │       └── disable: not yet (it is the one that rollback returns to)
      └── r
          └── ✗ us-east-1 x86_64: ami-3, failed, on 2023.12.20260727, 94 minutes ago"
    `);
  });
  test('no images', () =>
    expect(imagesView({ ...MOMENT, images: [] }, 80)).toEqual(['IMAGES', '', 'None yet.']));
  test('base images', () =>
    expect(shown(baseImagesView(SAMPLES.baseImages, 100))).toMatchInlineSnapshot(`
    "BASE IMAGES (scanned 7 minutes ago)

    BASE               RELEASE           PLACES  LAST UPDATE  LEVEL  TEMPLATES  END OF LIFE
    amazon-linux-2023  2023.12.20260727  1       2 hours ago  high   1          2029-06-30"
  `));
  test('base images never scanned, past their end of life, in several releases', () => {
    const [first] = SAMPLES.baseImages.baseImages;
    const { places } = first!;
    const baseImages = [
      {
        ...first!,
        endOfLife: '2026-11-23',
        places: [...places, { ...places[0]!, release: '2023.12.20260720' }],
      },
      { ...first!, name: 'rocky-9', endOfLife: '2026-11-24', places: [], lastUpdate: null },
      { ...first!, name: 'debian-13', endOfLife: null, lastUpdate: { ...first!.lastUpdate!, level: null } },
    ];
    const scan = {
      at: NOW,
      succeeded: false,
      problems: [{ base: 'rocky-9', region: 'us-east-1', problem: 'no image' }],
    };
    expect(shown(baseImagesView({ ...MOMENT, scan, baseImages }, 120))).toMatchInlineSnapshot(`
      "BASE IMAGES (scanned just now)

      BASE               RELEASE                             PLACES  LAST UPDATE  LEVEL             TEMPLATES  END OF LIFE
      amazon-linux-2023  2023.12.20260720, 2023.12.20260727  2       2 hours ago  high              1          ✗ 2026-11-23
      rocky-9            not seen yet                        0       none seen                      1          2026-11-24
      debian-13          2023.12.20260727                    1       2 hours ago  not assessed yet  1
      ⚠️ rocky-9 in us-east-1: no image"
    `);
    expect(baseImagesView({ ...MOMENT, scan: null, baseImages }, 120)[0]).toBe('BASE IMAGES (never scanned)');
  });
  test('one base image', () =>
    expect(shown(baseImageView(SAMPLES.baseImage, 100))).toMatchInlineSnapshot(`
    "amazon-linux-2023 (Amazon Linux 2023)
    Source: public parameter /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64
    End of life: 2029-06-30
    Templates: python-ml

    Now:
    └── us-east-1 x86_64: ami-0f00000000000001, al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64 (since 2
        hours ago)

    History:
    └── 2023.12.20260727 (2 hours ago, 1 place): security, security level high (exact)
        ├── CVEs (2): CVE-2026-1234, CVE-2026-1235
        ├── Advisories (1): ALAS2023-2026-1234
        ├── Packages (1): openssl 3.2.2-1 → 3.2.2-2
        ├── cisa-kev: down, no answer within 20 seconds
        └── https://docs.aws.amazon.com/linux/al2023/release-notes/relnotes-2023.12.20260727.html"
  `));
  test('one that has not moved yet, and an update nobody has assessed', () => {
    const [update] = SAMPLES.baseImage.updates;
    expect(baseImageView({ ...SAMPLES.baseImage, updates: [] }, 100).at(-1)).toBe('No update seen yet.');
    expect(
      baseImageView({ ...SAMPLES.baseImage, updates: [{ ...update!, assessment: null }] }, 100).at(-1),
    ).toContain('not assessed yet');
  });
});

test('two images of a base compared', () =>
  expect(shown(comparisonView(SAMPLES.compareBaseImages, 100))).toMatchInlineSnapshot(`
    "amazon-linux-2023: 2023.12.20260720 → 2023.12.20260727 (x86_64)
    From: al2023-ami-2023.12.20260720.0-kernel-6.1-x86_64 (not seen here)
    To: ami-0f00000000000001, al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64

    Update type: security
    Security level: critical
    Confidence: exact
    Changelog: https://docs.aws.amazon.com/linux/al2023/release-notes/relnotes-2023.12.20260727.html

    Because (1):
    └── ALAS2023-2026-1234 is critical: CVE-2026-1234 is known to be exploited

    Advisories (2):
    ├── ALAS2023-2026-1234 (critical): CVE-2026-1234, CVE-2026-1235; in openssl
    └── ALAS2023-2026-1240 (high, inferred from its date): no CVE; in kernel

    Known to be exploited (1):
    └── CVE-2026-1234

    Packages (2):
    ├── kernel 1:6.1.147-172.266.amzn2023 → 1:6.1.148-173.267.amzn2023
    └── openssl 1:3.2.2-1.amzn2023.0.2

    Sources (2):
    ├── ✓ updateinfo: answered, 214 advisories
    └── ⚠️ cisa-kev: cached, It did not answer. Its answer of yesterday was used."
  `));

describe('stale instances', () => {
  const [first] = SAMPLES.staleInstances.instances;

  test('by template, with whom to ask and what they lack', () =>
    expect(shown(staleInstancesView(SAMPLES.staleInstances, 100))).toMatchInlineSnapshot(`
      "STALE INSTANCES

      └── python-ml
          └── us-east-1 x86_64: i-0abc123def0000001 (running) of ada, launched 41 days ago
              ├── on ami-0abc123def0000009 (2023.11.20260629), which gave way 13 days ago, 2 promotions
              │   since then
              ├── new ones are launched from ami-0abc123def0000001 (2023.12.20260727)
              └── ⚠ lacks fixes up to level critical: ALAS2023-2026-101, CVE-2026-12345

      Not known of:
      └── eu-west-1: region eu-west-1 is no longer configured

      They are never touched: their owners launch new ones when it suits them."
    `));

  test('of which little is known', () => {
    const instances = [
      {
        ...first!,
        state: 'stopped' as const,
        owner: { name: 'unknown', tag: null },
        since: null,
        promotions: 0,
        lacks: { level: 'unknown' as const, cves: [], advisories: [] },
      },
      { ...first!, promotions: 1, lacks: { level: 'none' as const, cves: [], advisories: [] } },
      {
        ...first!,
        lacks: {
          level: 'low' as const,
          cves: Array.from({ length: 10 }, (_, n) => `CVE-2026-${n}`),
          advisories: [],
        },
      },
    ];
    expect(shown(staleInstancesView({ ...MOMENT, instances, problems: [] }, Infinity)))
      .toMatchInlineSnapshot(`
      "STALE INSTANCES

      └── python-ml
          ├── us-east-1 x86_64: i-0abc123def0000001 (stopped), its owner unknown, launched 41 days ago
          │   ├── on ami-0abc123def0000009 (2023.11.20260629), which is not the active one any more
          │   ├── new ones are launched from ami-0abc123def0000001 (2023.12.20260727)
          │   └── ⚠ nobody knows which fixes it lacks
          ├── us-east-1 x86_64: i-0abc123def0000001 (running) of ada, launched 41 days ago
          │   ├── on ami-0abc123def0000009 (2023.11.20260629), which gave way 13 days ago
          │   ├── new ones are launched from ami-0abc123def0000001 (2023.12.20260727)
          │   └── ✓ lacks no security fix that is known
          └── us-east-1 x86_64: i-0abc123def0000001 (running) of ada, launched 41 days ago
              ├── on ami-0abc123def0000009 (2023.11.20260629), which gave way 13 days ago, 2 promotions since then
              ├── new ones are launched from ami-0abc123def0000001 (2023.12.20260727)
              └── ⚠ lacks fixes up to level low: CVE-2026-0, CVE-2026-1, CVE-2026-2, CVE-2026-3, CVE-2026-4, CVE-2026-5, CVE-2026-6, CVE-2026-7 and 2 more

      They are never touched: their owners launch new ones when it suits them."
    `);
  });

  test('none', () =>
    expect(staleInstancesView({ ...MOMENT, instances: [], problems: [] }, 80)).toEqual([
      'STALE INSTANCES',
      '',
      'No instance of this account runs on an older image.',
    ]));
});
