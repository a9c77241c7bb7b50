/** A page with every picture of the gallery side by side, cut to what a reader sees before scrolling; each leads to the whole. */
import { basename } from 'node:path';

export function galleryIndex(pictures: readonly string[]): string {
  const figures = pictures
    .map((path) => basename(path))
    .toSorted()
    .map((file) => `<a href="${encodeURIComponent(file)}"><img loading="lazy" src="${encodeURIComponent(file)}" alt=""><br>${file}</a>`);
  return `<!doctype html><meta charset="utf-8"><title>Gallery</title>
<style>body{font:12px sans-serif}a{display:inline-block;width:300px;margin:8px;vertical-align:top}img{width:300px;height:400px;object-fit:cover;object-position:top;border:1px solid #ccc}</style>
${figures.join('\n')}
`;
}
