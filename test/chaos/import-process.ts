/** A process that imports one file after another as it is told, to be killed while it does. */
import { importLedger } from '../../src/app/import-ledger.ts';
import { openInstallation } from '../../src/app/installation.ts';
import { openSession } from '../../src/app/session.ts';

const [login = '', company = ''] = process.argv.slice(2);
const session = await openSession(openInstallation({ env: process.env, operatingSystemLogin: login }), company);
process.on('message', (path: string) => {
  void importLedger(session, { path, mapping: 'wafa', kind: 'invoices' }).then(
    () => process.send?.('done'),
    (error: unknown) => process.send?.(`failed: ${String(error)}`),
  );
});
process.send?.('ready');
