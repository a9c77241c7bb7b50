/**
 * The embedded server's settings: for a small machine that must lose nothing. Written anew at every start, so that a new
 * release brings its settings along. An operator's own go into `own.conf`, which is read last when it is there.
 */
import { existsSync } from 'node:fs';

import type { HomeLayout } from './home-layout.ts';

export const settingsText = (
  layout: HomeLayout,
): string => `# Written by wafa at every start. Put your own settings into own.conf beside this file.
listen_addresses = ''
unix_socket_directories = '"${layout.socketFolder}"'
unix_socket_permissions = 0700

# Several consoles, one-shots and daemons with pools of ten; each slot costs little until used.
max_connections = 60
password_encryption = 'scram-sha-256'
# The passwords are random 192-bit keys: thousands of hashing rounds would only make each connection slower.
scram_iterations = 64

# A machine of 2 GB still has room for the rest; the ledger's hot part fits.
shared_buffers = 128MB
work_mem = 16MB
maintenance_work_mem = 128MB
effective_cache_size = 512MB
random_page_cost = 1.1
# Compiling pays for reports that run for seconds, not for a queue page; it made short queries slower.
jit = off

# A reminder marked as being sent must survive a power cut, or it could be sent twice.
fsync = on
synchronous_commit = on
full_page_writes = on
wal_level = minimal
max_wal_senders = 0
wal_compression = on
max_wal_size = 1GB
min_wal_size = 128MB
checkpoint_timeout = 10min

timezone = 'UTC'
datestyle = 'ISO, YMD'
lc_messages = 'C'
row_security = on
# A process that froze inside a transaction would keep rows locked and the daemon waiting.
idle_in_transaction_session_timeout = 60s

logging_collector = on
log_directory = '../log'
log_filename = 'postgres-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
log_min_messages = warning
log_checkpoints = off
# Statements and row details hold names, addresses and amounts: they stay out of log files.
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length_on_error = 0
${existsSync(layout.ownConfigFile) ? "\ninclude 'own.conf'\n" : ''}`;

/** Every role proves itself with its password, over the socket; there is no other way in. */
export const accessText = 'local all all scram-sha-256\n';
