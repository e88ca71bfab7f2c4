import type { Templates } from '../../ports.ts';
import { templateKey, TEMPLATES } from './keys.ts';
import { expecting, put } from './operations.ts';
import { collect, getItem, partition } from './reads.ts';
import { recordOf } from './record.ts';
import { TEMPLATE } from './shapes.ts';
import type { Table } from './table.ts';
import { transact } from './transact.ts';

export function dynamoTemplates(table: Table): Templates {
  return {
    async all() {
      const items = await collect(partition(table, TEMPLATES));
      return items.map((item) => recordOf(item, TEMPLATE));
    },
    async get(slug) {
      const item = await getItem(table, templateKey(slug));
      return item && recordOf(item, TEMPLATE);
    },
    async save(template) {
      const { slug, revision } = template;
      const before = expecting('revision', revision === 1 ? null : revision - 1);
      return (await transact(table, [put(templateKey(slug), template, before)])).length === 0;
    },
  };
}
