import type { Presenter } from './presenter.ts';
import { gap, pairs, passage } from '../page.ts';
import type { ReminderPreview } from '../../app/preview-reminder.ts';

export interface PreviewData {
  readonly part: 'text' | 'html' | 'eml';
  readonly preview: ReminderPreview;
}

export const previewPresenter: Presenter<PreviewData> = {
  page: ({ part, preview }) => {
    if (part === 'eml') return [passage(preview.eml)];
    if (part === 'html') return [passage(withEntities(preview.html))];
    const { from, to, subject } = preview;
    return [pairs(['From', from], ['To', to], ['Subject', withoutIsolates(subject)]), gap, passage(withoutIsolates(preview.text))];
  },
};

/**
 * The mail wraps its numbers and names in direction marks for mail programs; a terminal would show their codes instead. Rendering
 * keeps none that came with the data, so all there are may go.
 */
const withoutIsolates = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');

/** The same HTML to a browser, and plain characters to a terminal. */
const withEntities = (html: string): string => html.replace(/[\u2066-\u2069]/g, (mark) => `&#x${mark.charCodeAt(0).toString(16)};`);
