/** docs/configuration.md is made from the table of settings: `vitest -u` writes it anew. */
import { expect, test } from 'vitest';

import { DANGERS } from '../../../src/app/configuration/dangerous-environment.ts';
import { credentialName, fileVariable, SETTINGS, type Setting } from '../../../src/app/configuration/settings-table.ts';
import { packagePath } from '../../../src/package-root.ts';

const INTRODUCTION = `# Configuration

Everything works without any: the database is built in, mail goes to a folder. A setting has one name in every source. A later
source in this list wins over an earlier one:

1. the configuration file: one JSON object, \`config.json\` in \`WAFA_HOME\`, or the file named by \`WAFA_CONFIG\`;
2. the environment;
3. for secrets, a private file named by \`NAME_FILE\` (not beside \`NAME\` itself);
4. for secrets, a credential of the service manager: \`$CREDENTIALS_DIRECTORY/name\`, as systemd's \`LoadCredential=\` and
   \`LoadCredentialEncrypted=\` provide it.

\`wafa config show\` lists every setting with its value and source, secrets redacted. \`wafa config check\` ends with 78 and names what
is wrong; so does every other command, before it does anything. \`wafa doctor\` looks at the whole installation.

The configuration file may name the private file of a secret too, \`SMTP_PASSWORD_FILE\`; that is how \`wafa init\` keeps what it was told.

A file with a secret, the configuration file included, must belong to you or to root and be closed to everybody else (\`chmod 600\`);
a credential may be readable by its group. One line end after a secret is taken away. A configuration file must not be writable by
others, even without a secret. A name that is not in the table below is refused in the file; in the environment \`wafa config check\`
names it.

\`\`\`json
{ "SMTP_URL": "smtps://wafa@mail.acme.ae:465", "WAFA_MAIL_DOMAINS": "acme.ae" }
\`\`\`

\`\`\`ini
# In a systemd unit
LoadCredentialEncrypted=database-url:/etc/wafa/database-url.cred
LoadCredentialEncrypted=smtp-password:/etc/wafa/smtp-password.cred
UnsetEnvironment=NODE_OPTIONS PGOPTIONS
\`\`\`
`;

const RISK = `Refused where they are dangerous, because whoever set one expects something of it:

${DANGERS.map(({ name, why }) => `- \`${name}\`: ${why}`).join('\n')}

The last five only together with \`DATABASE_URL\`: the built-in database leaves nothing for them to fill in.

A known risk: \`NODE_OPTIONS\` can load code into Wafa before its first line, with the rights of the user who set it. Nothing in the
program can prevent that; a unit should unset it, and \`wafa doctor\` names it.

Not settings, on purpose: how long a sender's lease lasts, how long a mail server may take, and a sender's name. The first two are
chosen together (a lease is prolonged while mail is on its way), the last is fresh at every start, so that a dead sender's name is
never met again. Nothing switches certificate checks or encryption off.
`;

function section(setting: Setting): string {
  const sources = [
    ...(setting.isFileOnly === true ? [] : ['environment', ...(setting.isEnvironmentOnly === true ? [] : ['configuration file'])]),
    ...(setting.isSecret ? [`\`${fileVariable(setting)}\``, `credential \`${credentialName(setting)}\``] : []),
  ];
  return `### \`${setting.name}\`${setting.isSecret ? ' (secret)' : ''}

${setting.about}

- takes: ${setting.kind}
- without it: ${setting.byDefault}
- from: ${sources.join(', ')}
`;
}

test('the page about configuration says what the table of settings says', async () => {
  const page = [INTRODUCTION, '## Settings\n', ...SETTINGS.map(section), '## Other variables\n', RISK].join('\n');
  await expect(page).toMatchFileSnapshot(packagePath('docs', 'configuration.md'));
});
