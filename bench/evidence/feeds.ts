import { Readable } from 'node:stream';
import type { Comparison } from '../../src/core/evidence/assessment.ts';
import { al2023, comparisonOf } from '../../test/feeds/evidenceAt.ts';
import { KEV, kevJson } from '../../test/feeds/amazonServer.ts';
import type { Handler, Served } from '../../test/feeds/feedServer.ts';
import { UBUNTU } from '../../test/feeds/ubuntuServer.ts';
import { AMAZON_FROM, AMAZON_TO, amazonFeedsOfTrueSize } from '../feeds/amazonFeedsOfTrueSize.ts';
import {
  UBUNTU_FROM,
  UBUNTU_TO,
  ubuntuArchiveOfTrueSize,
  ubuntuManifest,
} from '../feeds/ubuntuArchiveOfTrueSize.ts';

export const FEEDS = ['amazon', 'ubuntu'] as const;
export type FeedName = (typeof FEEDS)[number];

/** What is compared, and when: a fortnight after the newer image came out. */
export const COMPARED: Readonly<
  Record<FeedName, { readonly now: number; readonly comparison: () => Comparison }>
> = {
  amazon: { now: Date.parse('2026-07-15T12:00:00Z'), comparison: () => al2023(AMAZON_FROM, AMAZON_TO) },
  ubuntu: {
    now: Date.parse('2026-07-03T12:00:00Z'),
    comparison: () => comparisonOf('ubuntu-24.04', noble(UBUNTU_FROM), noble(UBUNTU_TO)),
  },
};

const noble = (serial: string): string =>
  `ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-${serial}`;

/** What the sources of a feed answer, by path, and how much that is unpacked. */
export interface TrueSize {
  readonly routes: ReadonlyMap<string, Served>;
  readonly unpackedBytes: number;
}

const MAKE: Readonly<Record<FeedName, () => TrueSize>> = {
  amazon: () => {
    const { files, updateinfoBytes } = amazonFeedsOfTrueSize();
    return { routes: files, unpackedBytes: updateinfoBytes };
  },
  ubuntu: () => {
    const { pieces, unpackedBytes } = ubuntuArchiveOfTrueSize();
    const manifests = [UBUNTU_FROM, UBUNTU_TO].map(
      (serial) => [UBUNTU.manifest(serial), ubuntuManifest(serial)] as const,
    );
    return {
      routes: new Map<string, Served>([...manifests, [UBUNTU.archive, inPieces(pieces)]]),
      unpackedBytes,
    };
  },
};

/** Everything a feed answers, as long as the real one. */
export function feedOfTrueSize(name: FeedName): TrueSize {
  const { routes, unpackedBytes } = MAKE[name]();
  return { routes: new Map([...routes, [KEV, kevJson(['CVE-2021-44228'])]]), unpackedBytes };
}

/** A body that is not held in one piece: most of its pieces are the same. */
function inPieces(pieces: readonly Buffer[]): Handler {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return (_, response) => {
    response.writeHead(200, { etag: '"true-size"', 'content-length': length });
    Readable.from(pieces).pipe(response);
  };
}
