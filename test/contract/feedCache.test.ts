import { memoryFeedCache } from '../../src/memory/memoryFeedCache.ts';
import { feedCacheContract } from './feedCache.ts';

feedCacheContract(async () => memoryFeedCache());
