export * from '../../local/feeds/feedServer.ts';
