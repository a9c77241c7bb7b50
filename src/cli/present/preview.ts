import { genericPresenter } from './generic.ts';
import type { Presenter } from './presenter.ts';
import { gap, line, pairs, passage } from '../page.ts';
import type { ReminderPreview } from '../../app/preview-reminder.ts';

export type PreviewData =
  | { readonly part: 'text' | 'html' | 'eml'; readonly preview: ReminderPreview }
  | { readonly part: 'pdf'; readonly file: string; readonly bytes: number }
  /** Sent to somebody instead of shown. */
  | { readonly part?: undefined; readonly sent: boolean };

export const previewPresenter: Presenter<PreviewData> = {
  page: (data, context) => {
    if (data.part === undefined) return genericPresenter.page(data, context);
    if (data.part === 'pdf') return [line(`${data.file}: ${data.bytes} bytes`)];
    const { part, preview } = data;
    if (part === 'eml') return [passage(preview.eml)];
    if (part === 'html') return [passage(withEntities(preview.html))];
    const { from, to, subject, attachments } = preview;
    const attached = attachments.map(({ fileName, bytes }): [string, string] => ['Attached', `${fileName} (${bytes} bytes)`]);
    return [
      pairs(['From', from], ['To', to], ['Subject', withoutIsolates(subject)], ...attached),
      gap,
      passage(withoutIsolates(preview.text)),
    ];
  },
};

/**
 * The mail wraps its numbers and names in direction marks for mail programs; a terminal would show their codes instead. Rendering
 * keeps none that came with the data, so all there are may go.
 */
export const withoutIsolates = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');

/** The same HTML to a browser, and plain characters to a terminal. */
export const withEntities = (html: string): string => html.replace(/[\u2066-\u2069]/g, (mark) => `&#x${mark.charCodeAt(0).toString(16)};`);
