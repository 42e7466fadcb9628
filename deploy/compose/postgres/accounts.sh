#!/usr/bin/env bash
# Run once, when the database of the register is made: the indexer's account owns the tables, the portal's reads them.
set -euo pipefail
passwords="${PASSWORDS:-/run/secrets}"

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set indexer="$(<"$passwords/register-indexer")" --set portal="$(<"$passwords/register-portal")" <<'SQL'
CREATE ROLE indexer LOGIN PASSWORD :'indexer';
CREATE ROLE portal LOGIN PASSWORD :'portal';
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO indexer;
GRANT USAGE ON SCHEMA public TO portal;
ALTER DEFAULT PRIVILEGES FOR ROLE indexer IN SCHEMA public GRANT SELECT ON TABLES TO portal;
SQL
