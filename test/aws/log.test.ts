import { Logger } from '@aws-lambda-powertools/logger';
import { expect, test, vi } from 'vitest';
import { powertoolsLog } from '../../src/aws/log.ts';

test('messages are constant, values are fields, and errors keep their name', () => {
  const lines: Record<string, unknown>[] = [];
  const keep = (text: string) => void lines.push(JSON.parse(text) as Record<string, unknown>);
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(keep);
  const log = powertoolsLog(new Logger({ serviceName: 'reconcile' }));
  log.info('begins');
  log.warn('a source failed', { base: 'golden' });
  log.error('fails', { error: Object.assign(new Error('so it is'), { name: 'TableBusy' }) });
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  expect(lines).toMatchObject([
    { level: 'INFO', message: 'begins', service: 'reconcile' },
    { level: 'WARN', message: 'a source failed', base: 'golden' },
    { level: 'ERROR', message: 'fails', error: { name: 'TableBusy', message: 'so it is' } },
  ]);
});
