import { KEV, kevJson } from './amazonServer.ts';
import type { FeedServer } from './feedServer.ts';

interface Question {
  readonly package: { readonly ecosystem: string; readonly name: string };
  readonly version: string;
  readonly page_token?: string;
}

export interface OsvRecord {
  readonly id: string;
  readonly published: string;
}

/**
 * OSV.dev with some records, each known by the package and ecosystem it is asked for. What it was asked is returned,
 * without what only fills a list.
 */
export function serveOsv(
  { routes }: FeedServer,
  records: Readonly<Record<string, readonly OsvRecord[]>>,
): Question[][] {
  const batches: Question[][] = [];
  routes.set('/v1/querybatch', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { queries } = JSON.parse(Buffer.concat(chunks).toString()) as { queries: Question[] };
      batches.push(queries.filter((query) => !query.package.name.startsWith('filler-')));
      const results = queries.map(({ package: { name }, page_token: token }) => {
        const found = records[name] ?? [];
        // One record a page.
        const page = Number(token ?? 0);
        const record = found[page];
        if (record === undefined) return {};
        return {
          vulns: [{ id: record.id, modified: record.published }],
          ...(page + 1 < found.length ? { next_page_token: `${page + 1}` } : {}),
        };
      });
      response.end(JSON.stringify({ results }));
    });
  });
  for (const record of Object.values(records).flat()) {
    routes.set(`/v1/vulns/${encodeURIComponent(record.id)}`, JSON.stringify(record));
  }
  routes.set(KEV, kevJson(['CVE-2021-44228']));
  return batches;
}
