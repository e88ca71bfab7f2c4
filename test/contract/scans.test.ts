import { memoryScans } from '../../src/memory/memoryScans.ts';
import { scansContract } from './scans.ts';

scansContract(async () => {
  const scans = memoryScans();
  return { scans, begun: () => scans.started };
});
