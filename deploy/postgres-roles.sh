#!/bin/bash
# Run once by the database's container when it is new: the owner makes tables, the portal only works with rows
# (docs/adr/0002). Names and passwords are those in the two addresses of ./secrets: letters and digits only.
set -euo pipefail

make_role() {
    local address user password
    address=$(cat "${SECRETS:-/run/secrets}/$1")
    user=${address#*://}; user=${user%%:*}
    password=${address#*://*:}; password=${password%%@*}
    psql --quiet --set ON_ERROR_STOP=1 --set "user=$user" --set "password=$password" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE :"user" LOGIN PASSWORD :'password';
ALTER ROLE :"user" SET timezone = 'UTC';
SQL
    printf '%s' "$user"
}

owner=$(make_role database_owner_url)
make_role database_url >/dev/null
psql --quiet --set ON_ERROR_STOP=1 --set "owner=$owner" --dbname "$POSTGRES_DB" <<'SQL'
ALTER DATABASE :"DBNAME" OWNER TO :"owner";
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO :"owner";
SQL
