/** Which indexes PostgreSQL would use for statements of ours, without running them. */
import type { CompanyTx } from '../../connection/with-company.ts';

interface PlanNode {
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** @param ask runs statements as ever; each is explained instead, and finds no rows. */
export async function indexesUsedBy(tx: CompanyTx, ask: (tx: CompanyTx) => Promise<unknown>): Promise<ReadonlySet<string>> {
  const used = new Set<string>();
  const explain = async (text: string, values: readonly unknown[] = []): Promise<void> => {
    const row = await tx.one<Readonly<Record<string, readonly { readonly Plan: PlanNode }[]>>>(`explain (format json) ${text}`, values);
    for (const plans of Object.values(row)) for (const { Plan } of plans) collect(Plan, used);
  };
  await ask({
    ...tx,
    query: async (text, values) => {
      await explain(text, values);
      return [];
    },
    execute: async (text, values) => {
      await explain(text, values);
      return 0;
    },
  });
  return used;
}

function collect(node: PlanNode, used: Set<string>): void {
  if (node['Index Name'] !== undefined) used.add(node['Index Name']);
  for (const inner of node.Plans ?? []) collect(inner, used);
}
