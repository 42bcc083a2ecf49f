# A private PostgreSQL cluster that lives as long as the input of this script. $1: the folder of PostgreSQL's programs.
exec 2>&1
set -eu
trap '' INT HUP
folder=$(mktemp -d /tmp/mog-postgres.XXXXXX)
end() {
    "$1/pg_ctl" --pgdata="$folder/data" --mode=immediate --silent stop || true
    rm -rf "$folder"
}
trap 'end "$1"' EXIT
"$1/initdb" --pgdata="$folder/data" --username=mog --auth=trust --encoding=UTF8 --locale=C --no-sync >"$folder/log" 2>&1 ||
    { cat "$folder/log"; exit 1; }
# Nobody keeps what tests write: without waiting for the disk they are several times faster.
"$1/pg_ctl" --pgdata="$folder/data" --log="$folder/log" --wait --silent start --options="-c listen_addresses='' \
    -c unix_socket_directories=$folder -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
    -c max_connections=300 -c autovacuum=off" || { cat "$folder/log"; exit 1; }
echo "ready $folder"
read -r _ || true
