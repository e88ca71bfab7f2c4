import { isPartName, PARTS } from './parts.ts';
import type { FromPart } from './runPart.ts';

/* The process of one part: run.ts starts it and hears from it. */

const send = (message: FromPart): void => void process.send?.(message);

const name = process.argv[2] ?? '';
if (!isPartName(name)) throw new Error(`${name} is no part of the bench.`);
const { measure } = await PARTS[name].load();
send({ report: await measure((sentence) => send({ sentence })) });
process.disconnect();
