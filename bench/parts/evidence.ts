import type { Report } from '../report.ts';
export async function measure(): Promise<Report> {
  return { groups: [], problems: [] };
}
