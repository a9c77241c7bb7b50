/** The last migration this release knows, by name: comparing it costs a command nothing, while loading the migrations costs it the ORM. */
export const LATEST_MIGRATION = 'Migration20261122000300';
