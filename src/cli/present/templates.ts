import { genericPresenter } from './generic.ts';
import { withEntities, withoutIsolates } from './preview.ts';
import type { Presenter } from './presenter.ts';
import { gap, heading, line, pairs, passage, table, type Page } from '../page.ts';
import type { ListedTemplate, ShownTemplate, TemplateDifference, TemplatePreview } from '../../app/templates/read-templates.ts';
import type { TemplateFault } from '../../app/templates/change-templates.ts';

interface TemplatesData {
  readonly templates?: readonly ListedTemplate[];
  readonly template?: ShownTemplate;
  readonly part?: 'text' | 'html';
  readonly preview?: TemplatePreview;
  readonly difference?: TemplateDifference;
  readonly faults?: readonly TemplateFault[];
}

export const templatesPresenter: Presenter<TemplatesData> = {
  page: (data, context) => {
    if (data.templates) return listPage(data.templates);
    if (data.template) return shownPage(data.template);
    if (data.preview) return previewPage(data.preview, data.part ?? 'text');
    if (data.difference) return differencePage(data.difference);
    if (data.faults) return data.faults.map(({ place, message }) => line(`${place}: ${message}`));
    return genericPresenter.page(data, context);
  },
};

const listPage = (templates: readonly ListedTemplate[]): Page => [
  heading('Templates'),
  table(
    [
      { title: 'NAME' },
      { title: 'VERSION', align: 'right' },
      { title: 'OF', align: 'right', leaveOut: 4 },
      { title: 'DRAFT', align: 'right', leaveOut: 3 },
      { title: 'LISTS', align: 'right', leaveOut: 2 },
      { title: 'CONSOLIDATION VARIABLES', least: 12, leaveOut: 1 },
    ],
    templates.map((template) => [
      template.name,
      String(template.activeVersion ?? '-'),
      String(template.versions),
      template.draftVersion === null ? '' : String(template.draftVersion),
      String(template.maxInvoiceCount ?? '-'),
      template.consolidationVariables.join(', '),
    ]),
  ),
];

const shownPage = ({ file, versions }: ShownTemplate): Page => [
  passage(file),
  gap,
  heading('Versions'),
  table(
    [{ title: 'VERSION', align: 'right' }, { title: 'IN FORCE' }, { title: 'BY', least: 8 }, { title: 'NOTE', least: 10, leaveOut: 1 }],
    versions.map((version) => [String(version.version), version.isActive ? 'yes' : '', version.by ?? '', version.note ?? '']),
  ),
];

const previewPage = (preview: TemplatePreview, part: 'text' | 'html'): Page =>
  part === 'html'
    ? [passage(withEntities(preview.html))]
    : [pairs(['Subject', withoutIsolates(preview.subject)]), gap, passage(withoutIsolates(preview.text))];

const differencePage = ({ name, from, to, lines }: TemplateDifference): Page =>
  lines.length === 0 ? [] : [heading(`${name}: version ${from} to ${to}`), passage(lines.join('\n'))];
