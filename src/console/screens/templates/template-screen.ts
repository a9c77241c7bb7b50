/** One template: its text in both languages as its editor shows it, and every version there was. */
import { templateBindings } from './template-actions.ts';
import { pageScreen, type PageState } from '../../widgets/page-screen.ts';
import { templatesPresenter } from '../../../cli/present/templates.ts';
import type { ListedTemplate, ShownTemplate } from '../../../app/templates/read-templates.ts';

interface TemplateData {
  readonly template: ShownTemplate;
  readonly standing: ListedTemplate | undefined;
}

export const templateScreen = pageScreen<TemplateData>({
  name: 'template',
  title: 'Template',
  digit: null,
  question: ({ name }) => ({ name }),
  fetch: async (session, { name }) => {
    const { listTemplates, showTemplate } = await import('../../../app/templates/read-templates.ts');
    const standing = (await listTemplates(session)).find((listed) => listed.name === name);
    return { template: await showTemplate(session, name as string, standing?.draftVersion ?? undefined), standing };
  },
  page: ({ template }, timeZone) => templatesPresenter.page({ template }, { notes: [], timeZone }),
  heading: ({ template: { name, version, isActive } }) => `${name}, version ${version}${isActive ? '' : ', not in force'}`,
  bindings: templateBindings<PageState<TemplateData>>(({ data }) => data?.standing ?? null),
});
