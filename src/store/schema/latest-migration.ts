/** The last migration this release knows, by name: comparing it costs a command nothing, while loading the migrations costs it the ORM. */
export const LATEST_MIGRATION = 'Migration20261123008600';

/**
 * The number of the tables this program was written for. Raised with a migration that older programs cannot work beside; that migration
 * writes the window of numbers that may go on into `installation`.
 */
export const PROGRAM_SCHEMA = 1;
