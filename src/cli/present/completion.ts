import type { Presenter } from './presenter.ts';
import { passage } from '../page.ts';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { zshScript } from '../completion/zsh.ts';
import type { Completion } from '../completion/completion-command.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

export const completionPresenter: Presenter<Completion> = { page: ({ shell, verbs }) => [passage(SCRIPTS[shell](verbs))] };
