#!/usr/bin/env node
import { nodeWorld } from '../cli/nodeWorld.ts';
import { run } from '../cli/run.ts';

process.exitCode = await run(process.argv.slice(2), nodeWorld());
