#!/usr/bin/env bash
# Imports people with a manager and two workers, each in a process of its own, and shows the report:
#
#   samples/migration/run-distributed.sh                                      10,000 made-up people, the embedded Kratos
#   samples/migration/run-distributed.sh people.csv http://127.0.0.1:4434     a file, and the admin API of a Kratos
#
# The job repository is a PostgreSQL of its own in a temporary folder, which is deleted at the end. Needs a JDK, Maven
# and PostgreSQL (Debian: apt install postgresql). Only for trying: a real migration needs a database that stays.
set -euo pipefail

root=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
input=${1:+$(realpath "$1")}
kratos=${2:-}

programs=""
for folder in "$(dirname "$(command -v initdb || true)")" /usr/lib/postgresql/*/bin; do
	if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then programs=$folder; fi
done
if [ -z "$programs" ]; then
	echo "PostgreSQL is missing: neither /usr/lib/postgresql nor the PATH has initdb and pg_ctl." \
		"On Debian: apt install postgresql" >&2
	exit 1
fi
for program in java mvn; do
	if ! command -v "$program" >/dev/null; then
		echo "$program is not on the PATH" >&2
		exit 1
	fi
done

# PostgreSQL refuses to run as root.
postgres() {
	local program="$1"
	shift
	if [ "$(id -u)" = 0 ]; then
		(cd / && runuser -u postgres -- "$programs/$program" "$@")
	else
		"$programs/$program" "$@"
	fi
}

work=$(mktemp -d)
processes=()
stop() {
	for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
	for process in "${processes[@]}"; do wait "$process" 2>/dev/null || true; done
	if [ -e "$work/postgres/data/postmaster.pid" ]; then
		postgres pg_ctl -D "$work/postgres/data" -m fast -w stop >/dev/null || true
	fi
	rm -rf "$work"
}
trap stop EXIT

echo "Builds the application"
mvn --quiet --file "$root/pom.xml" --projects samples/migration --also-make package -DskipTests \
	dependency:build-classpath -Dmdep.outputFile="$work/dependencies"
target="$root/samples/migration/target"

echo "Starts PostgreSQL"
chmod 711 "$work"
mkdir "$work/postgres"
if [ "$(id -u)" = 0 ]; then chown postgres "$work/postgres"; fi
postgres initdb -D "$work/postgres/data" -U postgres --auth=trust -E UTF8 >/dev/null
port=$((20000 + RANDOM % 20000))
while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
postgres pg_ctl -D "$work/postgres/data" -w -l "$work/postgres/log" \
	-o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=''" start >/dev/null

if [ -z "$kratos" ]; then
	echo "Starts the embedded Kratos"
	java -cp "$target/classes:$target/test-classes:$(<"$work/dependencies")" \
		io.github.kratosadmin.samples.migration.KratosServer >"$work/kratos.log" 2>&1 &
	processes+=("$!")
	until kratos=$(sed -n 's/^--kratos.admin.base-url=//p' "$work/kratos.log") && [ -n "$kratos" ]; do
		if ! kill -0 "${processes[0]}" 2>/dev/null; then
			cat "$work/kratos.log" >&2
			exit 1
		fi
		sleep 0.2
	done
fi
if [ -z "$input" ]; then
	input="$work/people.csv"
	{
		echo email,first_name,last_name,external_id,password_hash
		for ((i = 1; i <= 10000; i++)); do
			# shellcheck disable=SC2016
			printf 'person-%d@example.com,Person,Number %d,customer-%d,%s\n' "$i" "$i" "$i" \
				'$2a$10$ZsCsoVQ3xfBG/K37z2XpBeVoJjXNsVK/LHKt6hZDOK1TAZbq5RYGG'
		done
	} >"$input"
fi

migration() {
	exec java -jar "$target"/kratos-admin-sample-migration-*.jar "$@" --kratos.admin.base-url="$kratos" \
		--spring.datasource.url="jdbc:postgresql://127.0.0.1:$port/postgres?user=postgres"
}
echo "Starts two workers"
for worker in 1 2; do
	migration --spring.profiles.active=worker >"$work/worker$worker.log" 2>&1 &
	processes+=("$!")
done
echo "Runs the manager"
status=0
(migration --spring.profiles.active=manager --spring.batch.job.name=import "input=$input") || status=$?
if [ "$status" != 0 ]; then
	for worker in 1 2; do tail -n 30 "$work/worker$worker.log"; done
fi
exit "$status"
