import type { SourceAnswer } from '../core/evidence/assessment.ts';
import { parseKev } from '../core/evidence/feeds/kev.ts';
import { wholeText } from './bytes.ts';
import { wasRead } from './feedReader.ts';
import { fileQuestion, sourceAnswer } from './session.ts';
import type { Session } from './session.ts';

/** What is known of exploitation; `cves` is null if the catalogue did not answer. */
export interface Exploited {
  readonly cves: ReadonlySet<string> | null;
  readonly sources: readonly SourceAnswer[];
}

const ADDRESS = 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json';

/** Reads CISA's catalogue of known exploited vulnerabilities; nothing is raised if the policy leaves it out. */
export async function readExploited(session: Session): Promise<Exploited> {
  if (!session.policy.sources.cisa_kev.enabled) return { cves: new Set(), sources: [] };
  const answer = await session.reader.read<readonly string[]>(
    fileQuestion(session, {
      source: 'cisa_kev',
      address: ADDRESS,
      shape: 'kev 1',
      parse: async (body) => [...parseKev(await wholeText(body))],
    }),
  );
  const tell = (cves: readonly string[]) => `${cves.length} exploited vulnerabilities are known.`;
  return {
    cves: wasRead(answer) ? new Set(answer.value) : null,
    sources: [sourceAnswer('CISA KEV', answer, tell)],
  };
}
