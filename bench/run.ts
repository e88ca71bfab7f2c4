import { arch, availableParallelism, platform, totalmem } from 'node:os';
import { benchOptions } from './arguments.ts';
import { PARTS, type PartName } from './parts.ts';
import type { Report } from './report.ts';
import { runPart } from './runPart.ts';
import { quantity, reportLines } from './view.ts';

/* `npm run bench`: measures what the design promises, each figure beside what cannot be had for less. */

function machine() {
  return {
    node: process.version,
    platform: platform(),
    arch: arch(),
    cores: availableParallelism(),
    memory: totalmem(),
  };
}

async function bench(words: readonly string[]): Promise<number> {
  const { parts, json } = benchOptions(words);
  const on = machine();
  const reports: Partial<Record<PartName, Report>> = {};
  if (!json)
    console.log(
      `Node.js ${on.node} on ${on.platform} ${on.arch}, ${on.cores} cores, ${quantity(on.memory, 'bytes')}\n`,
    );
  for (const name of parts) {
    const report = await runPart(name, (sentence) => console.error(`  ${name}: ${sentence}`));
    reports[name] = report;
    if (!json) console.log(reportLines(PARTS[name].title, report).join('\n'));
  }
  if (json)
    console.log(JSON.stringify({ at: new Date().toISOString(), machine: on, parts: reports }, null, 2));
  return Object.values(reports).some(({ problems }) => problems.length > 0) ? 1 : 0;
}

try {
  process.exitCode = await bench(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
