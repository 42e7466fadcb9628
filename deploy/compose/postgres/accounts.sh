#!/usr/bin/env bash
# Run once, when the databases are made. Of the register the indexer's account owns the tables, the one of desk and
# worker writes rows and deletes none, and the portal's reads them. Of the store an account owns the tables that only migrations use; the one of portals and desk writes rows.
set -euo pipefail
passwords="${PASSWORDS:-/run/secrets}"

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set register="$POSTGRES_DB" \
    --set indexer="$(<"$passwords/register-indexer")" --set desk="$(<"$passwords/register-desk")" \
    --set portal="$(<"$passwords/register-portal")" \
    --set store_owner="$(<"$passwords/store-owner")" --set store_portal="$(<"$passwords/store-portal")" <<'SQL'
CREATE ROLE indexer LOGIN PASSWORD :'indexer';
CREATE ROLE desk LOGIN PASSWORD :'desk';
CREATE ROLE portal LOGIN PASSWORD :'portal';
CREATE ROLE store_owner LOGIN PASSWORD :'store_owner';
CREATE ROLE store_portal LOGIN PASSWORD :'store_portal';

REVOKE ALL ON DATABASE postgres FROM PUBLIC;
REVOKE ALL ON DATABASE :"register" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"register" TO indexer, desk, portal;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO indexer;
GRANT USAGE ON SCHEMA public TO desk, portal;
ALTER DEFAULT PRIVILEGES FOR ROLE indexer IN SCHEMA public GRANT SELECT ON TABLES TO portal;
ALTER DEFAULT PRIVILEGES FOR ROLE indexer IN SCHEMA public GRANT SELECT, INSERT, UPDATE ON TABLES TO desk;
ALTER DEFAULT PRIVILEGES FOR ROLE indexer IN SCHEMA public GRANT USAGE ON SEQUENCES TO desk;

CREATE DATABASE portal;
REVOKE ALL ON DATABASE portal FROM PUBLIC;
GRANT CONNECT ON DATABASE portal TO store_owner, store_portal;
\connect portal
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO store_owner;
GRANT USAGE ON SCHEMA public TO store_portal;
ALTER DEFAULT PRIVILEGES FOR ROLE store_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO store_portal;
ALTER DEFAULT PRIVILEGES FOR ROLE store_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO store_portal;
SQL
