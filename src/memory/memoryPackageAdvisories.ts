import type { Advisory } from '../core/evidence/advisory.ts';
import type { PackageAdvisories, PackageAnswer, PackageQuestion } from '../ports.ts';

export interface MemoryPackageAdvisories extends PackageAdvisories {
  /** An advisory about packages of a base, or of `pip`; one of the same id takes its place. */
  publish(base: string, advisory: Advisory): void;
  /** A CVE is known to be exploited from now on. */
  exploit(cve: string): void;
  /** The source of a base does not answer, or does again. */
  setDown(base: string, isDown: boolean): void;
  /** What was asked by each call. */
  readonly asked: readonly {
    readonly questions: readonly PackageQuestion[];
    readonly pip: readonly string[];
  }[];
}

/** Advisories in memory: none until a test publishes some. Every base has one source. */
export function memoryPackageAdvisories(): MemoryPackageAdvisories {
  const published = new Map<string, Map<string, Advisory>>();
  const exploited = new Set<string>();
  const down = new Set<string>();
  const asked: { questions: readonly PackageQuestion[]; pip: readonly string[] }[] = [];
  const answerOf = (of: string): PackageAnswer => {
    const isDown = down.has(of);
    return {
      advisories: isDown ? null : [...(published.get(of)?.values() ?? [])],
      gaps: isDown ? [`the advisories of ${of} did not answer`] : [],
      sources: [
        {
          name: `advisories of ${of}`,
          ...(isDown
            ? ({ state: 'down', detail: 'It did not answer.' } as const)
            : ({ state: 'answered', detail: 'They were read.' } as const)),
        },
      ],
    };
  };
  return {
    asked,
    publish(base, advisory) {
      const known = published.get(base) ?? new Map<string, Advisory>();
      published.set(base, known.set(advisory.id, advisory));
    },
    exploit: (cve) => void exploited.add(cve),
    setDown(base, isDown) {
      if (isDown) down.add(base);
      else down.delete(base);
    },
    async ask(questions, pip) {
      asked.push({ questions, pip: pip.names });
      return {
        answers: questions.map(({ base }) => answerOf(base.name)),
        pip: answerOf('pip'),
        exploited: new Set(exploited),
      };
    },
  };
}
