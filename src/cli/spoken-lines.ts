/** A page as sentences and rows without any layout, for whoever has it read aloud. */
import type { Block, Page } from './page.ts';

export const spokenLines = (page: Page): readonly string[] => page.flatMap(blockText);

function blockText(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
    case 'line':
    case 'hint':
      return [block.text];
    case 'pairs':
      return block.pairs.map(([label, value]) => `${label}: ${value}`);
    case 'table':
      return block.rows.map((row) =>
        row.flatMap((cell, index) => (cell === '' ? [] : [`${block.columns[index]?.title.toLowerCase() ?? ''} ${cell}`])).join(', '),
      );
    case 'passage':
      return block.text.split(/\r?\n/);
    case 'gap':
      return [];
  }
}
