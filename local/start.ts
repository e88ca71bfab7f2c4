import { run } from './demo/run.ts';

// Whatever AWS account, profile or proxy this shell is set up for: this process talks to the local AWS only.
for (const name of Object.keys(process.env))
  if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

// What was being asked when the run ended may still wait for its answer: it is nobody's any more.
process.exit(await run(process.argv.slice(2), process.env));
